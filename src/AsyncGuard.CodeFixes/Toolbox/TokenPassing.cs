using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Which calls inside this code can be given a token, and what do they look like with it?</summary>
/// <remarks>A token that the author passes, <c>CancellationToken.None</c> included, stays; <c>default</c> does not, nor does silence.</remarks>
internal sealed class TokenPassing(SemanticModel model, string token) : CSharpSyntaxRewriter
{
    private readonly INamedTypeSymbol? _tokenType = CompilationFacts.Of(model.Compilation).Types.CancellationToken;

    /// <summary>What the token is called.</summary>
    public string Name => token;

    /// <summary>Whether any call took the token.</summary>
    public bool IsUsed { get; private set; }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var arguments = node.ArgumentList;
        var visited = (InvocationExpressionSyntax)(base.VisitInvocationExpression(node) ?? node);
        if (_tokenType is null || model.GetOperation(node) is not IInvocationOperation call)
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

    private InvocationExpressionSyntax Use(InvocationExpressionSyntax call)
    {
        IsUsed = true;
        return call;
    }

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
                    { Syntax: ArgumentSyntax old, Value: var value } when value.Bare() is IDefaultValueOperation => new(old, old.WithExpression(SyntaxFactory.IdentifierName(token))),
                    _ => null,
                };
            }
        }

        return HasOverloadWithToken(call) ? new(null, SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token))) : null;
    }

    // By position where it is the next parameter, else by name.
    private ArgumentSyntax Added(IParameterSymbol? parameter, IInvocationOperation call, ArgumentListSyntax written)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(token));
        var reduced = call.TargetMethod.IsExtensionMethod && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } && call.Instance is null
            && written.Arguments.Count < call.Arguments.Length && call.Arguments[0].Syntax is not ArgumentSyntax;
        var next = written.Arguments.Count + (reduced ? 1 : 0);
        return parameter is null || (parameter.Ordinal == next && written.Arguments.All(each => each.NameColon is null))
            ? argument
            : argument.WithNameColon(SyntaxFactory.NameColon(parameter.Name));
    }

    private bool HasOverloadWithToken(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var receiver = call.Instance?.Type ?? (method.ReducedFrom is null ? method.ContainingType : null);
        var candidates = method.MethodKind == MethodKind.LocalFunction
            ? []
            : model.LookupSymbols(call.Syntax.SpanStart, receiver, method.Name, includeReducedExtensionMethods: true);
        return candidates.OfType<IMethodSymbol>().Any(candidate => IsSameWithToken(candidate, method));
    }

    private bool IsSameWithToken(IMethodSymbol candidate, IMethodSymbol method) =>
        candidate.IsStatic == method.IsStatic
        && candidate.Arity == method.Arity
        && candidate.Parameters.Length == method.Parameters.Length + 1
        && IsToken(candidate.Parameters[candidate.Parameters.Length - 1])
        && method.OriginalDefinition.Parameters.Zip(candidate.OriginalDefinition.Parameters, (one, other) => one.Type.ToDisplayString() == other.Type.ToDisplayString()).All(same => same)
        && candidate.OriginalDefinition.ReturnType.ToDisplayString() == method.OriginalDefinition.ReturnType.ToDisplayString();

    private bool IsToken(IParameterSymbol? parameter) => parameter is { RefKind: RefKind.None } && SymbolEqualityComparer.Default.Equals(parameter.Type, _tokenType);
}
