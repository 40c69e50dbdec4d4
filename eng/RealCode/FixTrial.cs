using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.RealCode;

/// <summary>
/// Applies every fix of every finding to real code, each alone, and counts those that throw, that break the code, and that do not settle it:
/// the finding is still there, or another of ours is there that was not.
/// </summary>
internal sealed class FixTrial
{
    private int _findings;
    private int _withoutOffer;
    private int _applied;
    private int _threw;
    private int _broke;
    private int _unsettled;

    public async Task TryAsync(Project project, Diagnostic finding, FindingCounts before, TextWriter listing)
    {
        _findings++;
        if (Find(project, finding) is not { } document)
        {
            return;
        }

        var offers = new List<CodeAction>();
        foreach (var fix in Rules.FixesOf(finding.Id, document is Document))
        {
            var registering = fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (offer, _) => offers.Add(offer), default));
            await registering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Tell(ref _threw, registering.Exception?.InnerException is { } error ? $"THROWN by {fix.GetType().Name}: {error}" : null, listing);
        }

        _withoutOffer += offers.Count == 0 ? 1 : 0;
        foreach (var offer in offers)
        {
            _applied++;
            var applied = (await offer.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
            var trial = new AppliedFix(project, applied.ChangedSolution);
            if (await trial.NewErrorAsync() is { } error)
            {
                Tell(ref _broke, $"BROKEN by '{offer.Title}': {error}", listing);
            }
            else
            {
                Tell(ref _unsettled, await trial.UnsettledAsync(finding.Id, before) is { } left ? $"UNSETTLED by '{offer.Title}': {left}" : null, listing);
            }
        }
    }

    /// <summary>Says how it went; true where nothing went wrong.</summary>
    public bool Report(TextWriter listing)
    {
        if (_findings > 0)
        {
            listing.WriteLine($"fixes: {_applied} applied for {_findings} findings ({_withoutOffer} without an offer); {_threw} threw, {_broke} broke the code, {_unsettled} did not settle it");
        }

        return _threw + _broke + _unsettled == 0;
    }

    private static TextDocument? Find(Project project, Diagnostic finding) => finding.Location.SourceTree is { } tree
        ? project.GetDocument(tree)
        : project.AdditionalDocuments.FirstOrDefault(each => each.FilePath == finding.Location.GetLineSpan().Path);

    private static void Tell(ref int count, string? trouble, TextWriter listing)
    {
        if (trouble is not null)
        {
            count++;
            listing.WriteLine($"    {trouble}");
        }
    }
}
