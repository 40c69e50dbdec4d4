namespace AsyncGuard.Fixing;

/// <summary>Changes to many nodes, made at once, whatever lies within what.</summary>
/// <remarks>
/// A change is given the node as it was, for what the semantic model knows of it, and as it is now, with all changes within it made.
/// Several changes of one node are made in the order in which they were added.
/// </remarks>
internal sealed class SyntaxEdits
{
    private readonly Dictionary<SyntaxNode, List<Func<SyntaxNode, SyntaxNode, SyntaxNode>>> _changes = [];

    public IEnumerable<SyntaxTree> Trees => _changes.Keys.Select(each => each.SyntaxTree).Distinct();

    public bool IsEmpty => _changes.Count == 0;

    public bool Has(SyntaxNode node) => _changes.ContainsKey(node);

    public void Add(SyntaxNode node, Func<SyntaxNode, SyntaxNode, SyntaxNode> change)
    {
        if (!_changes.TryGetValue(node, out var changes))
        {
            _changes.Add(node, changes = []);
        }

        changes.Add(change);
    }

    /// <summary>Adds the node's only change; asked again, it stays one.</summary>
    public void Set(SyntaxNode node, Func<SyntaxNode, SyntaxNode, SyntaxNode> change)
    {
        _changes.Remove(node);
        Add(node, change);
    }

    /// <summary>The node with the changes of what is in it, itself included.</summary>
    public SyntaxNode In(SyntaxNode root) => root.ReplaceNodes(
        _changes.Keys.Where(each => each.SyntaxTree == root.SyntaxTree && root.FullSpan.Contains(each.FullSpan)),
        (old, now) => _changes[old].Aggregate(now, (node, change) => change(old, node)));
}
