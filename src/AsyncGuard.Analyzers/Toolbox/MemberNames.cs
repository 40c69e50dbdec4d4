namespace AsyncGuard.Toolbox;

/// <summary>Members that a user named: <c>Name</c>, <c>Type.Name</c> or <c>Namespace.Type.Name</c>.</summary>
internal sealed class MemberNames
{
    private readonly ImmutableArray<string> _names;

    private MemberNames(ImmutableArray<string> names) => _names = names;

    public static MemberNames None { get; } = new([]);

    public static bool TryParse(string text, out MemberNames names)
    {
        var parsed = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text.Split(','))
        {
            var name = part.Trim();
            if (name.Length == 0)
            {
                continue; // a trailing comma is no mistake
            }

            foreach (var segment in name.Split('.'))
            {
                if (!SyntaxFacts.IsValidIdentifier(segment))
                {
                    names = None;
                    return false;
                }
            }

            parsed.Add(name);
        }

        names = new(parsed.ToImmutable());
        return true;
    }

    public bool Contains(ISymbol member)
    {
        foreach (var name in _names)
        {
            if (Matches(name, member))
            {
                return true;
            }
        }

        return false;
    }

    // Compared from the end, segment by segment: the member, its types, its namespaces.
    private static bool Matches(string name, ISymbol member)
    {
        var symbol = member;
        for (var end = name.Length; end > 0;)
        {
            var dot = name.LastIndexOf('.', end - 1);
            var length = end - dot - 1;
            if (symbol is null or INamespaceSymbol { IsGlobalNamespace: true }
                || symbol.Name.Length != length
                || string.CompareOrdinal(symbol.Name, 0, name, dot + 1, length) != 0)
            {
                return false;
            }

            symbol = (ISymbol)symbol.ContainingType ?? symbol.ContainingNamespace;
            end = dot;
        }

        return true;
    }
}
