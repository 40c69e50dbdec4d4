using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Fixing;

/// <summary>Fixes all findings in the settings files of a project or a solution at once: their changes never touch each other.</summary>
internal sealed class AllSettingsFiles(SettingsFileFix fix) : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var before = fixAllContext.Solution;
        var after = before;
        foreach (var project in fixAllContext.Scope == FixAllScope.Solution ? before.Projects : [fixAllContext.Project])
        {
            var findings = await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (var document in project.AdditionalDocuments)
            {
                after = await MendAsync(after, document, findings, fixAllContext.CancellationToken).ConfigureAwait(false);
            }
        }

        return after == before ? null : CodeAction.Create(fix.Title, _ => Task.FromResult(after), equivalenceKey: fix.Title);
    }

    private async Task<Solution> MendAsync(Solution solution, TextDocument document, ImmutableArray<Diagnostic> findings, CancellationToken cancel)
    {
        var text = await document.GetTextAsync(cancel).ConfigureAwait(false);
        var changes = findings
            .Where(each => each.Location.GetLineSpan().Path == document.FilePath && each.Location.SourceSpan.End <= text.Length)
            .Select(fix.Change)
            .OfType<TextChange>()
            .Distinct()
            .OrderBy(each => each.Span)
            .ToArray();
        return changes.Length == 0 ? solution : solution.WithAdditionalDocumentText(document.Id, text.WithChanges(changes));
    }
}
