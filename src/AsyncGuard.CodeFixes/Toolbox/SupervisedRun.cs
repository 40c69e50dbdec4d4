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
        if (LateReads.MayChange(bare, model, cancel))
        {
            return null;
        }

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
                IdentifierNameSyntax or MemberAccessExpressionSyntax when start.ArgumentList.Arguments[0].Expression is ExpressionSyntax group => OfGroup(group, passing, cancel),
                _ => null,
            };
        }

        var body = Body(bare, passing);
        return (NameOf(bare), With(passing, model.GetTypeInfo(bare, cancel).Type is { } type && Facts.Awaitables.IsTask(type) ? body : null, body));
    }

    private CompilationFacts Facts => CompilationFacts.Of(model.Compilation);

    private (string, LambdaExpressionSyntax)? OfLambda(ParenthesizedLambdaExpressionSyntax inner, TokenPassing passing, CancellationToken cancel)
    {
        var passed = (ParenthesizedLambdaExpressionSyntax)passing.Visit(inner);
        if (inner.AsyncKeyword == default && !(model.GetSymbolInfo(inner, cancel).Symbol is IMethodSymbol { ReturnType: var returned } && Facts.Awaitables.IsTask(returned)))
        {
            return null; // work that never awaits: the pool thread is what it wants
        }

        var name = inner.Body is ExpressionSyntax only && Unawaited(only) is InvocationExpressionSyntax call ? NameOf(call) : TaskNames.Around(work);
        return (name, SimpleLambdaExpression(Parameter(Identifier(ParameterOf(passing))), passed.Body).WithAsyncKeyword(inner.AsyncKeyword));
    }

    private (string, LambdaExpressionSyntax)? OfGroup(ExpressionSyntax group, TokenPassing passing, CancellationToken cancel) =>
        model.GetSymbolInfo(group, cancel).Symbol is IMethodSymbol { Parameters.IsEmpty: true } method && Facts.Awaitables.IsTask(method.ReturnType)
            ? (TaskNames.Of(method.Name), SimpleLambdaExpression(Parameter(Identifier(ParameterOf(passing))), InvocationExpression(group.WithoutTrivia())))
            : null;

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

    // ConfigureAwait says how to wait, and nobody does here.
    private ExpressionSyntax Stripped(ExpressionSyntax expression, CancellationToken cancel) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Stripped(inner, cancel),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } call
            when model.GetOperation(call, cancel) is IInvocationOperation configured && Facts.Waits.Behind(configured) is not null => Stripped(inner, cancel),
        _ => expression,
    };
}
