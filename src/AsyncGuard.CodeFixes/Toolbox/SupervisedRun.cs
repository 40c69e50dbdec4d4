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
        return Lambda(bare, cancel) is var (name, lambda) ? Call(name, lambda) : null;
    }

    /// <summary>The same after statements that evaluate now what the lambda would have evaluated later, in the order it was written.</summary>
    public (IReadOnlyList<StatementSyntax> Before, ExpressionSyntax Run)? WriteWithLocals(CancellationToken cancel)
    {
        if (Stripped(work, cancel) is not InvocationExpressionSyntax bare || EarlyValues.Of(bare, model, cancel) is not { } values)
        {
            return null;
        }

        var passing = new SupervisedTokens(model, TokenName(model, bare.SpanStart), values.Replaced);
        var body = Body(bare, passing);
        return (values.Statements, Call(NameOf(bare), With(passing, IsTask(bare, cancel) ? body : null, body)));
    }

    /// <summary>A name for the lambda's token that means nothing else here.</summary>
    public static string TokenName(SemanticModel model, int position) =>
        TokenNames.FirstOrDefault(name => model.LookupSymbols(position, name: name).IsEmpty) ?? "supervisorToken";

    private (string Name, LambdaExpressionSyntax Lambda)? Lambda(ExpressionSyntax bare, CancellationToken cancel)
    {
        var passing = new TokenPassing(model, TokenName(model, bare.SpanStart));
        if (StartedWork.In(bare, model, cancel) is { } started)
        {
            return started.Token is not null && LateReads.MayChange(started.Token, model, cancel) ? null : started.Delegate switch
            {
                ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0 } inner => OfLambda(inner, started, passing, cancel),
                IdentifierNameSyntax or MemberAccessExpressionSyntax when !LateReads.MayChange(started.Delegate, model, cancel) => OfGroup(started, passing, cancel),
                _ => null,
            };
        }

        if (LateReads.MayChange(bare, model, cancel))
        {
            return null;
        }

        var body = Body(bare, passing);
        return (NameOf(bare), With(passing, IsTask(bare, cancel) ? body : null, body));
    }

    private bool IsTask(ExpressionSyntax bare, CancellationToken cancel) => Facts.Awaitables.IsTask(model.GetTypeInfo(bare, cancel).Type);

    private InvocationExpressionSyntax Call(string name, LambdaExpressionSyntax lambda) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, IdentifierName("Run")),
        ArgumentList(SeparatedList([Argument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(name))), Argument(lambda)])));

    private CompilationFacts Facts => CompilationFacts.Of(model.Compilation);

    private (string, LambdaExpressionSyntax)? OfLambda(ParenthesizedLambdaExpressionSyntax inner, StartedWork started, TokenPassing passing, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(inner, cancel).Symbol is not IMethodSymbol function || !(function.ReturnsVoid || Facts.Awaitables.IsTask(function.ReturnType)))
        {
            return null; // somebody wants a value of it
        }

        if (function.ReturnsVoid && started.WantsItsOwnThread)
        {
            return null;
        }

        var passed = (ParenthesizedLambdaExpressionSyntax)passing.Visit(inner);
        var body = function.ReturnsVoid
            ? SynchronousWork.Completed(passed.Body, inner.Body is not BlockSyntax { Statements: [var first, ..] statements } || model.AnalyzeControlFlow(first, statements.Last()) is { EndPointIsReachable: true })
            : passed.Body;
        var name = inner.Body is ExpressionSyntax only && Unawaited(only) is InvocationExpressionSyntax call ? NameOf(call) : TaskNames.Around(work);
        return (name, started.Guard(SimpleLambdaExpression(Parameter(Identifier(passing.ParameterFor(body))), body).WithAsyncKeyword(inner.AsyncKeyword)));
    }

    private (string, LambdaExpressionSyntax)? OfGroup(StartedWork started, TokenPassing passing, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(started.Delegate, cancel).Symbol is not IMethodSymbol { Parameters.IsEmpty: true } method)
        {
            return null;
        }

        var call = InvocationExpression(started.Delegate.WithoutTrivia());
        CSharpSyntaxNode? body = Facts.Awaitables.IsTask(method.ReturnType) ? call
            : method.ReturnsVoid && !started.WantsItsOwnThread ? SynchronousWork.Completed(call, endIsReachable: true)
            : null;
        return body is null ? null : (TaskNames.Of(method.Name), started.Guard(SimpleLambdaExpression(Parameter(Identifier(passing.ParameterFor(body))), body)));
    }

    private static SimpleLambdaExpressionSyntax With(TokenPassing passing, ExpressionSyntax? task, ExpressionSyntax awaitable)
    {
        var lambda = SimpleLambdaExpression(Parameter(Identifier(passing.ParameterFor(awaitable))), task ?? AwaitExpression(awaitable));
        return task is null ? lambda.WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword)) : lambda;
    }

    // a?.FooAsync() may be null, and null is no task.
    private static ExpressionSyntax Body(ExpressionSyntax bare, TokenPassing passing)
    {
        var body = ((ExpressionSyntax)passing.Visit(bare)).WithoutTrivia();
        return bare is ConditionalAccessExpressionSyntax ? WhereNotNull.OrCompleted(body, isValueTask: false) : body;
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
