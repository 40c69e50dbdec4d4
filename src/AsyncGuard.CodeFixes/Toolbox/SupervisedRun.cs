using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does this fire-and-forget expression look like as work of a supervisor?</summary>
internal sealed class SupervisedRun(SemanticModel model, ExpressionSyntax supervisor, ExpressionSyntax work)
{
    private static readonly string[] TokenNames = ["ct", "stop", "cancel", "token"];

    /// <summary><c>S.Run("Foo", ct => FooAsync(x, ct))</c>; <see langword="null"/> where running it later could mean something else.</summary>
    public ExpressionSyntax? Write(CancellationToken cancel)
    {
        var bare = Stripped(work, cancel);
        return Lambda(bare, cancel) is var (name, lambda)
            ? InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, IdentifierName("Run")),
                ArgumentList(SeparatedList([Argument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(name))), Argument(lambda)])))
            : null;
    }

    /// <summary>A name for the lambda's token that means nothing else here.</summary>
    public static string TokenName(SemanticModel model, int position) =>
        TokenNames.FirstOrDefault(name => model.LookupSymbols(position, name: name).IsEmpty) ?? "supervisorToken";

    private (string Name, LambdaExpressionSyntax Lambda)? Lambda(ExpressionSyntax bare, CancellationToken cancel)
    {
        var passing = new TokenPassing(model, TokenName(model, bare.SpanStart));
        if (bare is InvocationExpressionSyntax start && model.GetOperation(start, cancel) is IInvocationOperation call && Facts.Waits.Starts(call.TargetMethod))
        {
            return start.ArgumentList.Arguments[0].Expression switch
            {
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0 } inner => OfLambda(inner, passing, cancel),
                IdentifierNameSyntax or MemberAccessExpressionSyntax when start.ArgumentList.Arguments[0].Expression is ExpressionSyntax group && !LateReads.MayChange(group, model, cancel) =>
                    OfGroup(group, call, passing, cancel),
                _ => null,
            };
        }

        if (LateReads.MayChange(bare, model, cancel))
        {
            return null;
        }

        var body = Body(bare, passing);
        return (NameOf(bare), With(passing, model.GetTypeInfo(bare, cancel).Type is { } type && Facts.Awaitables.IsTask(type) ? body : null, body));
    }

    private CompilationFacts Facts => CompilationFacts.Of(model.Compilation);

    private (string, LambdaExpressionSyntax)? OfLambda(ParenthesizedLambdaExpressionSyntax inner, TokenPassing passing, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(inner, cancel).Symbol is not IMethodSymbol function || !(function.ReturnsVoid || Facts.Awaitables.IsTask(function.ReturnType)))
        {
            return null; // somebody wants a value of it
        }

        if (function.ReturnsVoid && WantsItsOwnThread(inner.Parent))
        {
            return null;
        }

        var passed = (ParenthesizedLambdaExpressionSyntax)passing.Visit(inner);
        var body = function.ReturnsVoid
            ? SynchronousWork.Completed(passed.Body, inner.Body is not BlockSyntax { Statements: [var first, ..] statements } || model.AnalyzeControlFlow(first, statements.Last()) is { EndPointIsReachable: true })
            : passed.Body;
        var name = inner.Body is ExpressionSyntax only && Unawaited(only) is InvocationExpressionSyntax call ? NameOf(call) : TaskNames.Around(work);
        return (name, SimpleLambdaExpression(Parameter(Identifier(ParameterOf(passing))), body).WithAsyncKeyword(inner.AsyncKeyword));
    }

    // StartNew(…, TaskCreationOptions.LongRunning): the supervisor would take a thread of the pool.
    private static bool WantsItsOwnThread(SyntaxNode? work) =>
        work is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments: var arguments } } && arguments.Any(each => each.ToString().Contains("LongRunning"));

    private (string, LambdaExpressionSyntax)? OfGroup(ExpressionSyntax group, IInvocationOperation start, TokenPassing passing, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(group, cancel).Symbol is not IMethodSymbol { Parameters.IsEmpty: true } method)
        {
            return null;
        }

        var call = InvocationExpression(group.WithoutTrivia());
        CSharpSyntaxNode? body = Facts.Awaitables.IsTask(method.ReturnType) ? call
            : method.ReturnsVoid && !(start.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: var given } && WantsItsOwnThread(given[0])) ? SynchronousWork.Completed(call, endIsReachable: true)
            : null;
        return body is null ? null : (TaskNames.Of(method.Name), SimpleLambdaExpression(Parameter(Identifier(ParameterOf(passing))), body));
    }

    private static SimpleLambdaExpressionSyntax With(TokenPassing passing, ExpressionSyntax? task, ExpressionSyntax awaitable)
    {
        var lambda = SimpleLambdaExpression(Parameter(Identifier(ParameterOf(passing))), task ?? AwaitExpression(awaitable));
        return task is null ? lambda.WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword)) : lambda;
    }

    private static string ParameterOf(TokenPassing passing) => passing.IsUsed ? passing.Name : "_";

    // a?.FooAsync() may be null, and null is no task.
    private static ExpressionSyntax Body(ExpressionSyntax bare, TokenPassing passing)
    {
        var body = ((ExpressionSyntax)passing.Visit(bare)).WithoutTrivia();
        return bare is ConditionalAccessExpressionSyntax
            ? BinaryExpression(SyntaxKind.CoalesceExpression, body, ParseExpression("global::System.Threading.Tasks.Task.CompletedTask").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation))
            : body;
    }

    private static ExpressionSyntax Unawaited(ExpressionSyntax expression) => expression is AwaitExpressionSyntax wait ? wait.Expression : expression;

    private string NameOf(ExpressionSyntax call) => call switch
    {
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } => TaskNames.Of(name),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => TaskNames.Of(name),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } } => TaskNames.Of(name),
        InvocationExpressionSyntax { Expression: GenericNameSyntax { Identifier.ValueText: var name } } => TaskNames.Of(name),
        ConditionalAccessExpressionSyntax { WhenNotNull: var inner } => NameOf(inner),
        _ => TaskNames.Around(work),
    };

    // How to wait matters to nobody here.
    private ExpressionSyntax Stripped(ExpressionSyntax expression, CancellationToken cancel) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Stripped(inner, cancel),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner } => Stripped(inner, cancel),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask" or "Preserve" or "Unwrap", Expression: var inner } } call
            when model.GetOperation(call, cancel) is IInvocationOperation coat && Facts.Observation.OriginsOf(coat) is [var origin] && origin != coat => Stripped(inner, cancel),
        _ => expression,
    };
}
