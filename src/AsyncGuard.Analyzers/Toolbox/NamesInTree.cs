using System.Runtime.CompilerServices;

namespace AsyncGuard.Toolbox;

/// <summary>Where in this tree does a name stand as an expression? Read once per tree, whatever the compilation that it is part of.</summary>
internal sealed class NamesInTree
{
    private static readonly ConditionalWeakTable<SyntaxTree, NamesInTree> Known = new();

    private readonly Dictionary<string, List<int>> _positions = new(StringComparer.Ordinal);

    private NamesInTree(SyntaxNode root)
    {
        foreach (var token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is SimpleNameSyntax)
            {
                if (!_positions.TryGetValue(token.ValueText, out var places))
                {
                    _positions.Add(token.ValueText, places = []);
                }

                places.Add(token.SpanStart);
            }
        }
    }

    /// <summary>The nodes of this name, in their order.</summary>
    public static IEnumerable<SimpleNameSyntax> Of(string name, SyntaxTree tree, CancellationToken cancel)
    {
        if (!Known.TryGetValue(tree, out var names))
        {
            names = Known.GetValue(tree, it => new(it.GetRoot(cancel)));
        }

        if (names._positions.TryGetValue(name, out var places))
        {
            var root = tree.GetRoot(cancel);
            foreach (var place in places)
            {
                if (root.FindToken(place).Parent is SimpleNameSyntax node)
                {
                    yield return node;
                }
            }
        }
    }
}
