namespace AsyncGuard.Toolbox;

/// <summary>The innermost function that a piece of code runs in.</summary>
/// <param name="Symbol">The method, accessor, local function or lambda.</param>
/// <param name="Lambda">The operation, if it is a lambda: only its place says who runs it.</param>
/// <param name="Member">The member that all of it stands in.</param>
internal sealed record RunningFunction(IMethodSymbol Symbol, IAnonymousFunctionOperation? Lambda, ISymbol? Member)
{
    /// <summary>Whether only code of the same type can call it.</summary>
    public bool IsPrivate => Lambda is not null || Symbol.MethodKind == MethodKind.LocalFunction || Symbol.DeclaredAccessibility == Accessibility.Private;

    public Location Name => Symbol.Locations[0];

    public static RunningFunction? Around(IOperation operation, ISymbol? member)
    {
        for (var it = operation.Parent; it is not null; it = it.Parent)
        {
            switch (it)
            {
                case IAnonymousFunctionOperation lambda:
                    return new(lambda.Symbol, lambda, member);
                case ILocalFunctionOperation local:
                    return new(local.Symbol, null, member);
            }
        }

        return member is IMethodSymbol method ? new(method, null, member) : null;
    }

    /// <summary>The member that an operation found elsewhere in the compilation stands in.</summary>
    public static ISymbol? MemberAt(IOperation operation, FunctionBodies bodies, CancellationToken cancel)
    {
        var symbol = bodies.ModelOf(operation.Syntax.SyntaxTree).GetEnclosingSymbol(operation.Syntax.SpanStart, cancel);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            symbol = symbol.ContainingSymbol;
        }

        return symbol;
    }
}
