namespace AsyncGuard.Toolbox;

/// <summary>Where does a function become a delegate?</summary>
internal static class DelegatesOf
{
    /// <summary>
    /// The value of that delegate, above its conversions, of a lambda at its place and of a method or local function wherever it is named:
    /// its parent says who gets it.
    /// </summary>
    public static IEnumerable<IOperation> Function(IMethodSymbol function, CompilationFacts facts, CancellationToken cancel = default)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction)
        {
            if (facts.Bodies.Of(function, cancel) is { } lambda)
            {
                yield return Outermost(lambda);
            }

            yield break;
        }

        foreach (var use in facts.References.Of(function, cancel))
        {
            if (use is IMethodReferenceOperation)
            {
                yield return Outermost(use);
            }
        }
    }

    private static IOperation Outermost(IOperation function)
    {
        while (function.Parent is IDelegateCreationOperation or IConversionOperation or IConditionalOperation { Type: not null } or ICoalesceOperation)
        {
            function = function.Parent;
        }

        return function;
    }
}
