using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG2002: lets a supervisor run the loop, or moves the catch into it; the one outside goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CatchOutsideLoopFix() : RuleFix(CatchOutsideLoopAnalyzer.Id)
{
    internal const string Supervise = "Let a supervisor run the loop";
    internal const string Move = "Move the catch into the loop";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (LoopSite.At(site) is not { } loop || OuterCatch.Around(site, loop.Loop) is not { } outer)
        {
            yield break;
        }

        var leaving = GuardsMore(site, outer, loop) ? null : outer;
        if (SupervisedLoop.Of(site, loop, LoopReplacement.IsLast(outer.Try)) is { } supervised)
        {
            yield return new(Supervise, _ => LoopReplacement.MakeAsync(site, loop, supervised, leaving, TickPeriod.Declaration(site, loop)));
        }

        var moved = outer.Handler is { } handler
            ? GuardedIteration.Of(site, loop, handler.Statements, handler.Exception)
            : GuardedIteration.Of(site, loop);
        if (moved is not null)
        {
            yield return new(Move, _ => LoopReplacement.MakeAsync(site, loop, [moved], leaving));
        }
    }

    // What stands beside the loop, or feeds it, would be unguarded without the outer catch.
    private static bool GuardsMore(FixSite site, OuterCatch outer, LoopSite loop) =>
        outer.Try.Block.Statements.Any(each => each == loop.Loop ? FeedsOnWhatFails(site, loop) : site.Model.GetOperation(each) is { } operation && site.Facts.Errors.FirstEscape(operation, CancellationToken.None) is not null);

    private static bool FeedsOnWhatFails(FixSite site, LoopSite loop) =>
        site.Model.GetOperation(loop.Loop) is IForEachLoopOperation { IsAsynchronous: true, Collection: var source } && !IsOnlyWaited(source.Bare(), site.Facts);

    private static bool IsOnlyWaited(IOperation source, CompilationFacts facts) =>
        source is IInvocationOperation call && (facts.Waits.StreamBehind(call) is { } inner ? IsOnlyWaited(inner, facts) : facts.Harmless.WhenAwaited(call.TargetMethod));
}
