namespace AsyncGuard.Fixing;

/// <summary>Does a change leave the code with no compile error that it did not have before?</summary>
internal static class StillCompiles
{
    public static async Task<bool> CheckAsync(FixSite site, Document mended, bool changesSignature, CancellationToken cancel)
    {
        if (await mended.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } after)
        {
            return false;
        }

        return AddsNone(site.Model.GetDiagnostics(cancellationToken: cancel), after.GetDiagnostics(cancellationToken: cancel))
            && (!changesSignature || AddsNone(site.Model.Compilation.GetDiagnostics(cancel), after.Compilation.GetDiagnostics(cancel)));
    }

    private static bool AddsNone(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after)
    {
        var known = new Dictionary<string, int>();
        foreach (var error in before.Where(IsError))
        {
            known[Key(error)] = known.TryGetValue(Key(error), out var count) ? count + 1 : 1;
        }

        foreach (var error in after.Where(IsError))
        {
            if (!known.TryGetValue(Key(error), out var left) || left == 0)
            {
                return false;
            }

            known[Key(error)] = left - 1;
        }

        return true;
    }

    // A warning that the project raises to an error counts: the user's build would break.
    private static bool IsError(Diagnostic each) => each.Severity == DiagnosticSeverity.Error && !each.IsSuppressed;

    private static string Key(Diagnostic error) => error.Id + error.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
