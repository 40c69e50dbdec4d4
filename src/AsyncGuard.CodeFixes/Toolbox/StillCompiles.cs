namespace AsyncGuard.Fixing;

/// <summary>Does a change leave the code with no error or warning of the compiler that it did not have before?</summary>
/// <remarks>Warnings count because many builds take them for errors: a parameter that nobody reads any more would break them.</remarks>
internal static class StillCompiles
{
    public static async Task<bool> CheckAsync(FixSite site, Document mended, bool changesSignature, CancellationToken cancel)
    {
        if (await mended.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } after)
        {
            return false;
        }

        return AddsNone(site.Model.GetDiagnostics(cancellationToken: cancel), after.GetDiagnostics(cancellationToken: cancel))
            && (!changesSignature || AddsNone(site.Model.Compilation.GetDiagnostics(cancel), after.Compilation.GetDiagnostics(cancel)))
            && await OtherProjectsAsync(site.Document, mended, cancel).ConfigureAwait(false);
    }

    // A caller that was changed along may stand in another project.
    private static async Task<bool> OtherProjectsAsync(Document document, Document mended, CancellationToken cancel)
    {
        foreach (var changed in mended.Project.Solution.GetChanges(document.Project.Solution).GetProjectChanges())
        {
            if (changed.ProjectId != document.Project.Id
                && await changed.OldProject.GetCompilationAsync(cancel).ConfigureAwait(false) is { } before
                && await changed.NewProject.GetCompilationAsync(cancel).ConfigureAwait(false) is { } after
                && !AddsNone(before.GetDiagnostics(cancel), after.GetDiagnostics(cancel)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AddsNone(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after)
    {
        var known = new Dictionary<string, int>();
        foreach (var each in before.Where(Counts))
        {
            known[Key(each)] = known.TryGetValue(Key(each), out var count) ? count + 1 : 1;
        }

        foreach (var each in after.Where(Counts))
        {
            if (!known.TryGetValue(Key(each), out var left) || left == 0)
            {
                return false;
            }

            known[Key(each)] = left - 1;
        }

        return true;
    }

    private static bool Counts(Diagnostic each) => each.Severity >= DiagnosticSeverity.Warning && !each.IsSuppressed;

    private static string Key(Diagnostic each) => each.Id + each.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
