using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4011: lets the <c>try</c> begin right after the wait, or makes one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeptSemaphoreFix() : RuleFix(KeptSemaphoreAnalyzer.Id)
{
    private const string Title = "Release in a finally";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } wait)
        {
            yield return new(Title, cancel => MendAsync(site, wait, cancel));
        }
    }

    private static Task<Document?> MendAsync(FixSite site, InvocationExpressionSyntax wait, CancellationToken cancel)
    {
        if (site.Model.GetOperation(wait, cancel) is not IInvocationOperation call
            || KeptSemaphores.Judge(call, site.Facts, cancel) is not { } kept
            || GuardedHolding.Of(site, kept) is not { } holding)
        {
            return Task.FromResult<Document?>(null);
        }

        // In an async function the wait itself is to be awaited too.
        var awaited = AsyncRewriting.At(wait, site.Model, cancel) is { IsAsyncAlready: true } && AwaitedWait.At(wait, site.Model, cancel) is { } sibling ? Awaits.InPlaceOf(wait, sibling(wait)) : null;
        SyntaxNode[] changed = awaited is null ? [holding.Block] : [holding.Block, wait];
        var root = site.Root.ReplaceNodes(changed, (old, now) => old == wait ? awaited! : holding.Guard((BlockSyntax)now)); // not null: it is among the changed
        return Task.FromResult<Document?>(site.Document.WithSyntaxRoot(root));
    }
}
