using AsyncGuard.Fixing;

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

        if (SupervisedLoop.Of(site, loop, LoopReplacement.IsLast(outer.Try)) is { } supervised)
        {
            yield return new(Supervise, _ => LoopReplacement.MakeAsync(site, loop, supervised, outer, TickPeriod.Declaration(site, loop)));
        }

        var moved = outer.Handler is { } handler
            ? GuardedIteration.Of(site, loop, handler.Statements, handler.Exception)
            : GuardedIteration.Of(site, loop);
        yield return new(Move, _ => LoopReplacement.MakeAsync(site, loop, [moved], outer));
    }
}
