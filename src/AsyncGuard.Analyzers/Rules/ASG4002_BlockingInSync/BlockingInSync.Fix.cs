using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG4002, ASG4010: awaits what was blocked on, and makes the function and its callers async for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingInSyncFix() : RuleFix(BlockingInSyncAnalyzer.Id, BlockingInSyncAnalyzer.IdAnywhere)
{
    private const string Title = "Make it async all the way";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        yield return new(Title, cancel => ChangeAsync(site, cancel)) { ChangesSignature = true };
    }

    private static async Task<Document?> ChangeAsync(FixSite site, CancellationToken cancel) =>
        AllTheWay.FromBlocking(site.Node, WalkScope.Of(site), cancel) is { } change ? await change.MendedAsync(site, cancel).ConfigureAwait(false) : null;
}
