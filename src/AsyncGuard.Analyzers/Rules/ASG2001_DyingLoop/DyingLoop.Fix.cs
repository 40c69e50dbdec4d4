using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG2001: lets a supervisor run the loop, or puts a catch inside it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DyingLoopFix() : RuleFix(DyingLoopAnalyzer.Id)
{
    internal const string Supervise = "Let a supervisor run the loop";
    internal const string Guard = "Catch and log errors inside the loop";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (LoopSite.At(site) is not { } loop)
        {
            yield break;
        }

        if (SupervisedLoop.Of(site, loop, LoopReplacement.IsLast(loop.Loop)) is { } supervised)
        {
            yield return new(Supervise, _ => LoopReplacement.MakeAsync(site, loop, supervised, leftover: TickPeriod.Declaration(site, loop)));
        }

        if (GuardedIteration.Of(site, loop) is { } guarded)
        {
            yield return new(Guard, _ => GuardedIteration.PutAsync(site, loop, guarded));
        }
    }
}
