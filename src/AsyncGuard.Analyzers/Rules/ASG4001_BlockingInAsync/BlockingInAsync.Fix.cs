using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG4001: awaits what was blocked on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingInAsyncFix() : RuleFix(BlockingInAsyncAnalyzer.Id)
{
    private const string Title = "Await the task";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (AwaitInstead.At(site.Node, site.Model) is { } await)
        {
            yield return new(Title, _ => Task.FromResult<Document?>(site.Document.WithSyntaxRoot(site.Root.ReplaceNodes(await.Nodes, await.Replace))));
        }
    }
}
