namespace AsyncGuard.Fixing;

/// <summary>Which of these names is free for a variable that a fix adds?</summary>
internal static class FreeName
{
    /// <summary>The first that nothing in reach and nothing inside the node is called; the last where all are taken.</summary>
    public static string For(FixSite site, SyntaxNode node, params string[] names) =>
        names.FirstOrDefault(name => !IsTaken(name, site, node)) ?? names[names.Length - 1] + "1";

    private static bool IsTaken(string name, FixSite site, SyntaxNode node) =>
        node.DescendantTokens().Any(each => each.IsKind(SyntaxKind.IdentifierToken) && each.ValueText == name)
        || site.Model.LookupSymbols(node.SpanStart, name: name).Any(each => each is ILocalSymbol or IParameterSymbol);
}
