using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>The place that a fix is asked to mend: one finding in one state of the document.</summary>
/// <remarks>
/// When many findings are fixed at once, the document has changed since the analysis: <see cref="Node"/> is always of the present tree,
/// the spans of <see cref="Finding"/> are those of the analysis. Its id and properties hold.
/// </remarks>
internal sealed record FixSite(Document Document, SyntaxNode Root, SemanticModel Model, SyntaxNode Node, Diagnostic Finding)
{
    public CompilationFacts Facts => CompilationFacts.Of(Model.Compilation);

    public static async Task<FixSite?> FindAsync(Document document, Diagnostic finding, CancellationToken cancel)
    {
        var root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        return root is null || !root.FullSpan.Contains(finding.Location.SourceSpan)
            ? null
            : await AtAsync(document, root, root.FindNode(finding.Location.SourceSpan, getInnermostNodeForTie: true), finding, cancel).ConfigureAwait(false);
    }

    public static async Task<FixSite?> AtAsync(Document document, SyntaxNode root, SyntaxNode node, Diagnostic finding, CancellationToken cancel) =>
        await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model ? new(document, root, model, node, finding) : null;

    /// <summary>The document with one node replaced.</summary>
    public Task<Document?> ReplaceAsync(SyntaxNode old, SyntaxNode by) => Task.FromResult<Document?>(Document.WithSyntaxRoot(Root.ReplaceNode(old, by)));

    /// <summary>The document with one statement replaced by several, in a block of their own where only one may stand.</summary>
    public Task<Document?> ReplaceAsync(StatementSyntax old, IReadOnlyList<StatementSyntax> before, StatementSyntax last)
    {
        if (old.Parent is not (BlockSyntax or SwitchSectionSyntax))
        {
            var block = LongBlock.Of(old, before.Append(last.WithoutTrivia()));
            return ReplaceAsync(old, block.WithTriviaFrom(old));
        }

        var end = LongBlock.LineEnd(old);
        var indentation = old.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? SyntaxFactory.TriviaList(space) : SyntaxFactory.TriviaList();
        var all = before.Select((each, at) => each.WithLeadingTrivia(at == 0 ? old.GetLeadingTrivia() : indentation).WithTrailingTrivia(end).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation))
            .Append(last.WithLeadingTrivia(indentation));
        return Task.FromResult<Document?>(Document.WithSyntaxRoot(Root.ReplaceNode(old, all)));
    }
}
