namespace AsyncGuard.Toolbox;

/// <summary>Is a type of one of these families: derived from one of the classes, with one of the interfaces, or marked with one of the attributes?</summary>
/// <remarks>Names that the compilation does not know cost nothing after the first question.</remarks>
internal sealed class TypeFamilies(KnownTypes types, ImmutableArray<string> roots, ImmutableArray<string> marks)
{
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _roots = new(() => Known(types, roots));
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _marks = new(() => Known(types, marks));

    public bool Contain(INamedTypeSymbol type)
    {
        if (_roots.Value.IsEmpty && _marks.Value.IsEmpty)
        {
            return false;
        }

        for (var it = type; it is { SpecialType: SpecialType.None }; it = it.BaseType)
        {
            if (_roots.Value.Contains(it.OriginalDefinition) || IsMarked(it))
            {
                return true;
            }
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (_roots.Value.Contains(contract.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the member itself carries one of the attributes.</summary>
    public bool IsMarked(ISymbol symbol)
    {
        if (_marks.Value.IsEmpty)
        {
            return false;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            for (var it = attribute.AttributeClass; it is not null; it = it.BaseType)
            {
                if (_marks.Value.Contains(it))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ImmutableArray<INamedTypeSymbol> Known(KnownTypes types, ImmutableArray<string> names)
    {
        var known = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (var name in names)
        {
            if (types[name] is { } type)
            {
                known.Add(type);
            }
        }

        return known.ToImmutable();
    }
}
