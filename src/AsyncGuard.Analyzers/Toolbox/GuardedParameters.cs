namespace AsyncGuard.Toolbox;

/// <summary>The delegates among a function's arguments of which its caller knows that they handle their own errors.</summary>
/// <param name="Function">The function that is called so.</param>
/// <param name="Ordinals">One bit for each parameter.</param>
internal readonly record struct GuardedParameters(IMethodSymbol? Function, int Ordinals)
{
    private const int Most = 31;

    public bool Contains(IParameterSymbol parameter) =>
        Ordinals != 0
        && (Ordinals & BitOf(parameter)) != 0
        && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, Function?.OriginalDefinition);

    public static int BitOf(IParameterSymbol parameter) => parameter.Ordinal < Most ? 1 << parameter.Ordinal : 0;
}
