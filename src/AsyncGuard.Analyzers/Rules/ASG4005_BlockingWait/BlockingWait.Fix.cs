using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG4005: awaits the sibling of the blocking wait, with the token at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingWaitFix() : RuleFix(BlockingWaitAnalyzer.Id)
{
    private const string Title = "Await the async wait";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } wait)
        {
            yield return new(Title, cancel => AwaitedWait.Of(wait, site.Model, cancel) is var (place, awaited) ? site.ReplaceAsync(place, awaited) : Task.FromResult<Document?>(null));
        }
    }
}
