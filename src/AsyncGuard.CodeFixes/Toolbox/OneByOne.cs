namespace AsyncGuard.Fixing;

/// <summary>
/// Fixes all findings of a document one after the other, each in what the one before has left, so that two in the same function do not
/// undo each other. A finding whose fix no longer compiles is left as it is.
/// </summary>
internal sealed class OneByOne(RuleFix fix) : DocumentBasedFixAllProvider
{
    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var cancel = fixAllContext.CancellationToken;
        if (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
        {
            return document;
        }

        // A mark on each finding's node finds it again in the changed tree.
        var marks = new List<(SyntaxAnnotation Mark, SyntaxNode Node, Diagnostic Finding)>();
        foreach (var finding in diagnostics.Where(each => root.FullSpan.Contains(each.Location.SourceSpan)).OrderBy(each => each.Location.SourceSpan.Start))
        {
            marks.Add((new SyntaxAnnotation(), root.FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true), finding));
        }

        var marksOf = marks.ToLookup(each => each.Node, each => each.Mark);
        document = document.WithSyntaxRoot(root.ReplaceNodes(marks.Select(each => each.Node).Distinct(), (old, now) => now.WithAdditionalAnnotations(marksOf[old])));

        foreach (var (mark, _, finding) in marks)
        {
            document = await FixOneAsync(document, mark, finding, fixAllContext.CodeActionEquivalenceKey, cancel).ConfigureAwait(false);
        }

        return document;
    }

    private async Task<Document> FixOneAsync(Document document, SyntaxAnnotation mark, Diagnostic finding, string? title, CancellationToken cancel)
    {
        var root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        return root?.GetAnnotatedNodes(mark).FirstOrDefault() is { } node
            && await FixSite.AtAsync(document, root, node, finding, cancel).ConfigureAwait(false) is { } site
            && await fix.MendAsync(site, title, cancel).ConfigureAwait(false) is { } mended
                ? mended
                : document;
    }
}
