using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Rules;

/// <summary>Async code that was given to a thread, to the pool or to a token, in hands that wait for it.</summary>
internal sealed class CallbackWork(FixSite site, AnonymousFunctionExpressionSyntax lambda)
{
    /// <summary><c>new Thread(async () => …).Start();</c> as <c>S.Run("Name", async ct => …);</c>.</summary>
    public (SyntaxNode Old, SyntaxNode By)? Supervised(IOperation taker) =>
        StatementOf(taker) is { } whole && Run() is { } run ? (whole, run.WithTriviaFrom(whole)) : null;

    /// <summary>The same as <c>await Task.Run(async () => …);</c>.</summary>
    public (SyntaxNode Old, SyntaxNode By)? Awaited(IOperation taker)
    {
        if (StatementOf(taker) is not { } whole
            || CallbackBody.ReadsParameter(site, lambda)
            || AsyncRewriting.At(whole, site.Model) is not { ChangesSignature: false } function)
        {
            return null;
        }

        var run = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"{new Written(site, whole).Task}.Run(work)");
        var work = SyntaxFactory.ParenthesizedLambdaExpression(SyntaxFactory.ParameterList(), lambda.Body).WithAsyncKeyword(SyntaxFactory.Token(SyntaxKind.AsyncKeyword));
        var started = run.ReplaceNode(run.ArgumentList.Arguments[0].Expression, work);
        return (function.Function, function.With(whole, Awaits.InPlaceOf(whole, started).WithAdditionalAnnotations(Formatter.Annotation)));
    }

    /// <summary>The callback itself as one that starts supervised work: <c>() => S.Run("Name", async ct => …)</c>.</summary>
    public (SyntaxNode Old, SyntaxNode By)? Registered()
    {
        if (Run() is not { } run)
        {
            return null;
        }

        LambdaExpressionSyntax? start = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => SyntaxFactory.SimpleLambdaExpression(simple.Parameter, run),
            ParenthesizedLambdaExpressionSyntax some => SyntaxFactory.ParenthesizedLambdaExpression(some.ParameterList, run),
            _ => null,
        };
        return start is null ? null : (lambda, start.WithTriviaFrom(lambda).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private InvocationExpressionSyntax? Run()
    {
        if (SupervisorAccess.At(lambda, site.Model) is not { } supervisor || CallbackBody.WithToken(site, lambda) is not { } work)
        {
            return null;
        }

        var run = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"S.Run({SymbolDisplay.FormatLiteral(TaskNames.Around(lambda), quote: true)}, work)");
        run = run.ReplaceNode(run.ArgumentList.Arguments[1].Expression, work);
        return run.ReplaceNode(((MemberAccessExpressionSyntax)run.Expression).Expression, supervisor).WithAdditionalAnnotations(Formatter.Annotation);
    }

    // The creation that is started at once, or the call alone: nobody else may want the thread.
    private static ExpressionSyntax? StatementOf(IOperation taker)
    {
        var whole = taker.Syntax as ExpressionSyntax;
        if (taker is IObjectCreationOperation)
        {
            whole = whole is { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } start } } ? start : null;
        }

        return whole?.Parent switch
        {
            ExpressionStatementSyntax => whole,
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } discard => discard,
            _ => null,
        };
    }
}
