namespace AsyncGuard.Toolbox;

/// <summary>Can running this query fail? Its making has been looked at already.</summary>
/// <remarks>A query over a list or an array fails as its delegates do. One over anything else runs code that nobody sees.</remarks>
internal readonly struct Queries(CompilationFacts facts, EscapeSearch search)
{
    // What only describes a query, and what runs one and has an answer for every collection, be it empty.
    private const string Describing = " Select SelectMany Where OfType Concat Append Prepend Skip SkipWhile Take TakeWhile Distinct DistinctBy OrderBy OrderByDescending ThenBy ThenByDescending Order OrderDescending Reverse Zip Union Except Intersect AsEnumerable Range Repeat Empty Chunk GroupBy Index DefaultIfEmpty ";
    private const string Running = " ToArray ToList ToHashSet Any All Count LongCount FirstOrDefault LastOrDefault Contains ";

    public bool Describes(IMethodSymbol method) => IsOfLinq(method) && Describing.Contains(" " + method.Name + " ");

    /// <summary>Whether this call runs the query that it stands on.</summary>
    public bool Runs(IMethodSymbol method) => IsOfLinq(method) && Running.Contains(" " + method.Name + " ");

    /// <summary>What fails when a call of this kind runs or is enumerated.</summary>
    public Escape? First(IInvocationOperation call, IOperation shown)
    {
        foreach (var argument in call.Arguments)
        {
            var escape = argument.Parameter?.Type.TypeKind == TypeKind.Delegate ? new CallEscapes(facts, search).AtDelegate(argument.Value, shown, awaited: false)
                : argument.Parameter?.OriginalDefinition.Type.TypeKind != TypeKind.TypeParameter && HarmlessCalls.IsQuery(argument.Value.Bare().Type) ? new EnumeratedValues(facts, search).Of(argument.Value.Bare(), shown)
                : null;
            if (escape is not null)
            {
                return escape;
            }
        }

        return null;
    }

    private bool IsOfLinq(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, facts.Types["System.Linq.Enumerable"]);
}
