namespace AsyncGuard.Fixing;

/// <summary>
/// Fixes all findings of a document, a project or a solution one after the other, each in what the one before has left, so that two in the
/// same function do not undo each other and callers in other documents follow. A finding whose fix no longer compiles, or reaches code that
/// is none of those, is left as it is.
/// </summary>
internal sealed class OneByOne(RuleFix fix) : FixAllProvider
{
    private sealed record Mark(DocumentId Document, SyntaxAnnotation Annotation, SyntaxNode Node, Diagnostic Finding);

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(CodeAction.Create(
        fixAllContext.CodeActionEquivalenceKey ?? "Fix all",
        cancel => FixAllAsync(fixAllContext.WithCancellationToken(cancel)),
        fixAllContext.CodeActionEquivalenceKey));

    private async Task<Solution> FixAllAsync(FixAllContext all)
    {
        var solution = all.Solution;
        var marks = new List<Mark>();
        foreach (var (document, findings) in await FindingsAsync(all).ConfigureAwait(false))
        {
            solution = await MarkAsync(solution, document, findings, marks, all.CancellationToken).ConfigureAwait(false);
        }

        foreach (var mark in marks)
        {
            solution = await FixOneAsync(solution, mark, all).ConfigureAwait(false);
        }

        return await WithTextsOfAsync(solution, all.Solution, all.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<(Document Document, IEnumerable<Diagnostic> Findings)>> FindingsAsync(FixAllContext all)
    {
        if (all is { Scope: FixAllScope.Document, Document: { } only })
        {
            return [(only, await all.GetDocumentDiagnosticsAsync(only).ConfigureAwait(false))];
        }

        // What others depend on comes first.
        var graph = all.Solution.GetProjectDependencyGraph();
        var projects = all.Scope == FixAllScope.Solution
            ? graph.GetTopologicallySortedProjects(all.CancellationToken).Select(all.Solution.GetProject).OfType<Project>().Where(each => each.Language == all.Project.Language)
            : [all.Project];
        var found = new List<(Document, IEnumerable<Diagnostic>)>();
        foreach (var project in projects)
        {
            var findings = (await all.GetAllDiagnosticsAsync(project).ConfigureAwait(false)).Where(each => each.Location.IsInSource).ToLookup(each => project.GetDocument(each.Location.SourceTree)?.Id);
            found.AddRange(project.Documents.Where(each => findings.Contains(each.Id)).Select(each => (each, findings[each.Id])));
        }

        return found;
    }

    // A mark on each finding's node finds it again in the changed tree.
    private static async Task<Solution> MarkAsync(Solution solution, Document document, IEnumerable<Diagnostic> findings, List<Mark> marks, CancellationToken cancel)
    {
        if (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
        {
            return solution;
        }

        var here = findings.Where(each => root.FullSpan.Contains(each.Location.SourceSpan)).OrderBy(each => each.Location.SourceSpan.Start)
            .Select(each => new Mark(document.Id, new(), root.FindNode(each.Location.SourceSpan, getInnermostNodeForTie: true), each)).ToList();
        marks.AddRange(here);
        var marksOf = here.ToLookup(each => each.Node, each => each.Annotation);
        return solution.WithDocumentSyntaxRoot(document.Id, root.ReplaceNodes(here.Select(each => each.Node).Distinct(), (old, now) => now.WithAdditionalAnnotations(marksOf[old])));
    }

    private async Task<Solution> FixOneAsync(Solution solution, Mark mark, FixAllContext all)
    {
        var cancel = all.CancellationToken;
        return solution.GetDocument(mark.Document) is { } document
            && await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
            && root.GetAnnotatedNodes(mark.Annotation).FirstOrDefault() is { } node
            && await FixSite.AtAsync(document, root, node, mark.Finding, cancel).ConfigureAwait(false) is { } site
            && await fix.MendAsync(site, all.CodeActionEquivalenceKey, cancel).ConfigureAwait(false) is { } mended
            && ChangesOnly(all, mended.Project.Solution.GetChanges(solution))
                ? mended.Project.Solution
                : solution;
    }

    // Half a change is worse than none.
    private static bool ChangesOnly(FixAllContext all, SolutionChanges changes) => all.Scope switch
    {
        FixAllScope.Solution => true,
        FixAllScope.Project => changes.GetProjectChanges().All(each => each.ProjectId == all.Project.Id),
        _ => changes.GetProjectChanges().SelectMany(each => each.GetChangedDocuments()).All(each => each == all.Document?.Id),
    };

    // A document that has only got marks has not changed.
    private static async Task<Solution> WithTextsOfAsync(Solution after, Solution before, CancellationToken cancel)
    {
        var changed = before;
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(each => each.GetChangedDocuments()))
        {
            if (after.GetDocument(id) is { } now && before.GetDocument(id) is { } old
                && await now.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
                && !(await now.GetTextAsync(cancel).ConfigureAwait(false)).ContentEquals(await old.GetTextAsync(cancel).ConfigureAwait(false)))
            {
                changed = changed.WithDocumentSyntaxRoot(id, root);
            }
        }

        return changed;
    }
}
