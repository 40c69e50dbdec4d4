namespace AsyncGuard.Fixing;

/// <summary>How far may a walk through callers go?</summary>
/// <param name="Trees">The trees that it may change.</param>
/// <remarks>A fix changes the document it is offered in; whoever walks further gives more trees.</remarks>
internal sealed record WalkScope(Compilation Compilation, ImmutableHashSet<SyntaxTree> Trees)
{
    public static WalkScope Of(FixSite site) => new(site.Model.Compilation, [site.Model.SyntaxTree]);

    public bool Holds(SyntaxNode node) => Trees.Contains(node.SyntaxTree);
}
