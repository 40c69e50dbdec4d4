using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Rules;

/// <summary>Loops over a collection that wait for the async code they run: one element after the other, or several at once.</summary>
internal sealed class AwaitedLoops(FixSite site, AnonymousFunctionExpressionSyntax lambda)
{
    /// <summary><c>list.ForEach(async x => …);</c> as a <c>foreach</c> statement.</summary>
    public (SyntaxNode Old, SyntaxNode By)? ForEach(IInvocationOperation call)
    {
        if (ParameterNames is not [var element]
            || call.Syntax is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } loop
            || CollectionOf(loop, call) is not { } collection
            || AsyncRewriting.At(loop, site.Model) is not { ChangesSignature: false } function
            || Body() is not { } body)
        {
            return null;
        }

        var each = SyntaxFactory.ForEachStatement(SyntaxFactory.IdentifierName("var"), SyntaxFactory.Identifier(element), collection.WithoutTrivia(), body)
            .WithTriviaFrom(statement)
            .WithAdditionalAnnotations(Formatter.Annotation);
        return (function.Function, function.With(statement, each));
    }

    /// <summary><c>Parallel.ForEach(all, async x => …);</c> and <c>For</c> as the form that takes a task of each.</summary>
    public (SyntaxNode Old, SyntaxNode By)? Parallel(IInvocationOperation call)
    {
        var asynchronous = call.TargetMethod.Name + "Async";
        if (ParameterNames is not [var element]
            || call.Syntax is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, Expression: MemberAccessExpressionSyntax called } loop
            || call.TargetMethod.ContainingType.GetMembers(asynchronous).IsEmpty
            || loop.ArgumentList.Arguments.LastOrDefault() is not { } last || last.Expression != lambda
            || AsyncRewriting.At(loop, site.Model) is not { ChangesSignature: false } function)
        {
            return null;
        }

        var (body, token) = CallbackBody.PassingToken(site, lambda);
        var work = SyntaxFactory.ParenthesizedLambdaExpression(Parameters(element, token), body).WithAsyncKeyword(lambda.AsyncKeyword).WithTriviaFrom(lambda);
        var arguments = loop.ArgumentList.Arguments.Replace(last, last.WithNameColon(null).WithExpression(work));
        if (!HasOptions(call) && Toolbox.CancellationTokens.BestAt(loop, site.Model) is { } stop)
        {
            arguments = arguments.Insert(arguments.Count - 1, SyntaxFactory.Argument(SyntaxFactory.ParseExpression(stop.Expression)));
        }

        var name = called.WithName(SyntaxFactory.IdentifierName(asynchronous).WithTriviaFrom(called.Name));
        var awaited = Awaits.InPlaceOf(loop, loop.WithExpression(name).WithArgumentList(loop.ArgumentList.WithArguments(arguments)));
        return (function.Function, function.With(loop, awaited.WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private string[]? ParameterNames => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.Text],
        ParenthesizedLambdaExpressionSyntax some => [.. some.ParameterList.Parameters.Select(each => each.Identifier.Text)],
        AnonymousMethodExpressionSyntax { ParameterList: { } some } => [.. some.Parameters.Select(each => each.Identifier.Text)],
        _ => null,
    };

    private static ParameterListSyntax Parameters(params string[] names) =>
        SyntaxFactory.ParameterList(SyntaxFactory.SeparatedList(names.Select(each => SyntaxFactory.Parameter(SyntaxFactory.Identifier(each)))));

    private static bool HasOptions(IInvocationOperation call) => call.TargetMethod.Parameters.Any(each => each.Type.Name == "ParallelOptions");

    private ExpressionSyntax? CollectionOf(InvocationExpressionSyntax loop, IInvocationOperation call) => loop switch
    {
        { Expression: MemberAccessExpressionSyntax { Expression: var receiver }, ArgumentList.Arguments.Count: 1 } when !call.TargetMethod.IsStatic || call.TargetMethod.IsExtensionMethod => receiver,
        { ArgumentList.Arguments: [var collection, var action] } when call.TargetMethod.IsStatic && action.Expression == lambda => collection.Expression, // Array.ForEach
        _ => null,
    };

    // What ended the lambda goes on to the next element; within a loop of its own it could not.
    private BlockSyntax? Body()
    {
        if (lambda.ExpressionBody is { } only)
        {
            return SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(only.WithoutTrivia()));
        }

        var returns = lambda.Block!.DescendantNodes(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().ToList();
        return returns.Any(each => each.Ancestors().TakeWhile(outer => outer != lambda).Any(IsLoop))
            ? null
            : lambda.Block.ReplaceNodes(returns, (_, now) => SyntaxFactory.ContinueStatement().WithTriviaFrom(now));
    }

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax;
}
