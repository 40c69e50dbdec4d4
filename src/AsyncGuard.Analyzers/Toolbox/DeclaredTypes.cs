namespace AsyncGuard.Toolbox;

/// <summary>Which types are declared here?</summary>
internal static class DeclaredTypes
{
    /// <summary>Every type of a namespace or type, nested ones included.</summary>
    public static ImmutableArray<INamedTypeSymbol> Below(INamespaceOrTypeSymbol root)
    {
        var found = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        var open = new Stack<INamespaceOrTypeSymbol>([root]);
        while (open.Count > 0)
        {
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                {
                    open.Push(inner);
                    if (inner is INamedTypeSymbol type)
                    {
                        found.Add(type);
                    }
                }
            }
        }

        return found.ToImmutable();
    }
}
