using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Which calls inside this code can be given a token, and what do they look like with it?</summary>
/// <remarks>
/// A token that the author passes, <c>CancellationToken.None</c> included, stays; <c>default</c> does not, nor does silence. A function inside
/// that has a token of its own passes that one. What has to run whatever happened, a <c>finally</c> or a continuation, gets none.
/// </remarks>
internal class TokenPassing(SemanticModel model, string token) : CSharpSyntaxRewriter
{
    private readonly KnownTypes _types = CompilationFacts.Of(model.Compilation).Types;
    private string _inner = token;

    /// <summary>What the token is called.</summary>
    public string Name { get; } = token;

    /// <summary>Whether any call took the token.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>What a parameter for the token is called before this code: '_' where nothing takes the token, unless the code says '_' itself.</summary>
    public string ParameterFor(SyntaxNode code) => IsUsed || code.DescendantTokens().Any(each => each.IsKind(SyntaxKind.IdentifierToken) && each.ValueText == "_") ? Name : "_";

    public override SyntaxNode VisitFinallyClause(FinallyClauseSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => IsDescription(node) ? node : WithTokenOf(node, () => base.VisitSimpleLambdaExpression(node));

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => IsDescription(node) ? node : WithTokenOf(node, () => base.VisitParenthesizedLambdaExpression(node));

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => WithTokenOf(node, () => base.VisitAnonymousMethodExpression(node));

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => WithTokenOf(node, () => base.VisitLocalFunctionStatement(node));

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var arguments = node.ArgumentList;
        var visited = (InvocationExpressionSyntax)(base.VisitInvocationExpression(node) ?? node);
        if (_types.CancellationToken is null || !IsKnown(node) || model.GetOperation(node) is not IInvocationOperation { TargetMethod.Name: not "ContinueWith" } call)
        {
            return visited;
        }

        return TokenArgument(call, arguments) switch
        {
            { Replaces: { } old, New: var by } => Use(visited.WithArgumentList(visited.ArgumentList.WithArguments(
                visited.ArgumentList.Arguments.Replace(visited.ArgumentList.Arguments[arguments.Arguments.IndexOf(old)], by)))),
            { Replaces: null, New: var added } => Use(visited.WithArgumentList(visited.ArgumentList.AddArguments(added))),
            null => visited,
        };
    }

    // A fix may have written some of the code itself.
    private bool IsKnown(SyntaxNode node) => node.SyntaxTree == model.SyntaxTree;

    private InvocationExpressionSyntax Use(InvocationExpressionSyntax call)
    {
        IsUsed |= _inner == Name;
        return call;
    }

    // What runs when the function inside runs: its own token, or the one of what is around it.
    private SyntaxNode? WithTokenOf(SyntaxNode function, Func<SyntaxNode?> visit)
    {
        var outer = _inner;
        var symbol = IsKnown(function) ? (model.GetSymbolInfo(function).Symbol ?? model.GetDeclaredSymbol(function)) as IMethodSymbol : null;
        _inner = symbol?.Parameters.FirstOrDefault(each => IsToken(each) && each is { IsDiscard: false, Name: not "_" })?.Name ?? outer;
        var visited = visit();
        _inner = outer;
        return visited;
    }

    // An expression tree is read and not run.
    private bool IsDescription(LambdaExpressionSyntax lambda) => IsKnown(lambda)
        && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(lambda).ConvertedType?.OriginalDefinition, _types["System.Linq.Expressions.Expression`1"]);

    private sealed record Change(ArgumentSyntax? Replaces, ArgumentSyntax New);

    private Change? TokenArgument(IInvocationOperation call, ArgumentListSyntax written)
    {
        foreach (var argument in call.Arguments)
        {
            if (IsToken(argument.Parameter))
            {
                return argument switch
                {
                    { ArgumentKind: ArgumentKind.DefaultValue } => new(null, Added(argument.Parameter, call, written)),
                    { Syntax: ArgumentSyntax old, Value: var value } when value.Bare() is IDefaultValueOperation => new(old, old.WithExpression(SyntaxFactory.IdentifierName(_inner))),
                    _ => null,
                };
            }
        }

        return OverloadWithToken(call) is { Parameters: [.., var last] } ? new(null, Added(last, call, written)) : null;
    }

    // By position where it is the next parameter, else by name.
    private ArgumentSyntax Added(IParameterSymbol? parameter, IInvocationOperation call, ArgumentListSyntax written)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(_inner));
        var reduced = call.TargetMethod.IsExtensionMethod && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } && call.Instance is null
            && written.Arguments.Count < call.Arguments.Length && call.Arguments[0].Syntax is not ArgumentSyntax;
        var next = written.Arguments.Count + (reduced ? 1 : 0);
        return parameter is null || (parameter.Ordinal == next && written.Arguments.All(each => each.NameColon is null))
            ? argument
            : argument.WithNameColon(SyntaxFactory.NameColon(parameter.Name));
    }

    private IMethodSymbol? OverloadWithToken(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var receiver = call.Instance?.Type ?? method.ContainingType;
        var candidates = method.MethodKind == MethodKind.LocalFunction
            ? []
            : model.LookupSymbols(call.Syntax.SpanStart, receiver, method.Name, includeReducedExtensionMethods: true);
        return candidates.OfType<IMethodSymbol>().FirstOrDefault(candidate => IsSameWithToken(candidate, method));
    }

    private bool IsSameWithToken(IMethodSymbol candidate, IMethodSymbol method) =>
        candidate.IsStatic == method.IsStatic
        && candidate.Arity == method.Arity
        && candidate.Parameters.Length == method.Parameters.Length + 1
        && IsToken(candidate.Parameters[candidate.Parameters.Length - 1])
        && method.OriginalDefinition.Parameters.Zip(candidate.OriginalDefinition.Parameters, (one, other) => one.Type.ToDisplayString() == other.Type.ToDisplayString()).All(same => same)
        && candidate.OriginalDefinition.ReturnType.ToDisplayString() == method.OriginalDefinition.ReturnType.ToDisplayString();

    private bool IsToken(IParameterSymbol? parameter) => parameter is { RefKind: RefKind.None } && SymbolEqualityComparer.Default.Equals(parameter.Type, _types.CancellationToken);
}
