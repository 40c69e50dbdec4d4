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

        // A function that returns no task cannot be made to without its callers dropping that task in turn.
        if (whole.Parent is ExpressionStatementSyntax statement && AsyncRewriting.At(whole, site.Model) is { ChangesSignature: false } function)
        {
            yield return new(Await, _ => site.ReplaceAsync(function.Function, function.With(statement, work.Awaited().WithTriviaFrom(statement))));
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Run, _ => site.ReplaceAsync(whole, work.Supervised(supervisor).WithTriviaFrom(whole)));
        }
    }
}
