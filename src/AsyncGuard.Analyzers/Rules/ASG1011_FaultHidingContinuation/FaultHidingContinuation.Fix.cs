using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1011: awaits the task and logs its error, or runs task and continuation supervised.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FaultHidingContinuationFix() : RuleFix(FaultHidingContinuationAnalyzer.Id)
{
    internal const string Await = "Await it and log the error";
    internal const string Run = "Run it supervised";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (DroppedExpression.Around(site.Node) is not var (whole, dropped) || ContinuedWork.Of(site, dropped, CancellationToken.None) is not { } work)
        {
            yield break;
        }

        var changesOnlyItself = AsyncRewriting.At(whole, site.Model) is { ChangesSignature: false };
        if (changesOnlyItself && whole.Parent is ExpressionStatementSyntax statement)
        {
            yield return new(Await, cancel => AwaitedAsync(site, statement, work, cancel));
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Run, _ => site.ReplaceAsync(whole, work.Supervised(supervisor).WithTriviaFrom(whole)));
        }

        // A function that returned nothing returns a task: its callers follow.
        if (!changesOnlyItself && whole.Parent is ExpressionStatementSyntax dropping && site.Model.GetOperation(dropped) is { } operation && !EndlessWork.IsBehind(operation, site.Facts))
        {
            yield return new(Await, cancel => AwaitedAsync(site, dropping, work, cancel)) { ChangesSignature = true };
        }
    }

    private static async Task<Document?> AwaitedAsync(FixSite site, StatementSyntax statement, ContinuedWork work, CancellationToken cancel) =>
        work.Awaited() is { } awaited && AllTheWay.FromDropped(statement, awaited, WalkScope.Of(site), cancel) is { } change ? await change.MendedAsync(site, cancel).ConfigureAwait(false) : null;
}
