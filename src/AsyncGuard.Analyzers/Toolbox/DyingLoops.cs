using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>A background loop that its first error ends.</summary>
/// <param name="Escape">What can fail in an iteration.</param>
/// <param name="Entry">How the loop comes to run in the background.</param>
/// <param name="Catch">The handler outside the loop that takes the error, if there is one.</param>
internal sealed record DyingLoop(IOperation Escape, BackgroundEntry Entry, ICatchClauseOperation? Catch);

/// <summary>Does the first error of an iteration end this loop, and the background work with it? Each answer is kept.</summary>
internal sealed class DyingLoops(CompilationFacts facts)
{
    private static readonly Regex Again = new("^(Re|Start|Schedule)(start|try|connect|run|spawn|launch|open)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<SyntaxNode, Judged> _judged = new();
    private readonly ConnectionLoops _connections = new(facts);
    private readonly IterationErrors _errors = new(facts);

    public DyingLoop? Judge(ILoopOperation loop, ISymbol containing, CancellationToken cancel)
    {
        if (!facts.Loops.IsLongRunning(loop))
        {
            return null;
        }

        if (!_judged.TryGetValue(loop.Syntax, out var judged))
        {
            judged = _judged.GetOrAdd(loop.Syntax, new Judged(Look(loop, containing, cancel)));
        }

        return judged.Loop;
    }

    /// <summary>Whether a loop in this work is told of on the line of another report: one line has one Warning, and the loop's says more.</summary>
    public bool AreToldAt(Location place, IOperation? work, ISymbol containing, CancellationToken cancel)
    {
        foreach (var operation in work?.Descendants() ?? [])
        {
            if (operation is ILoopOperation loop
                && LongRunningLoops.LocationOf(loop).GetLineSpan().StartLinePosition.Line == place.GetLineSpan().StartLinePosition.Line
                && Judge(loop, containing, cancel) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private DyingLoop? Look(ILoopOperation loop, ISymbol containing, CancellationToken cancel)
    {
        if (facts.Loops.Around(loop) is not null)
        {
            return null; // that one goes on, or is the one to report
        }

        var outer = CatchClauses.CatchAllAround(loop, facts.Types);
        if ((outer is not null && (IsDecided(outer, containing) || DeliveredErrors.AreIn(outer, loop)))
            || _errors.First(loop, cancel) is not { } escape
            || facts.Entries.EntryOf(loop, containing, cancel) is not { IsRepeated: false } entry
            || (entry.Kind != EntryKind.ServiceExecute && LoopExits.EndsWithItsWork(loop))
            || _connections.IsOne(loop, outer, containing, cancel)
            || (outer is null && IsDecidedByCallers(loop, containing, cancel)))
        {
            return null;
        }

        return outer is null || !Rethrows(outer) ? new(escape, entry, outer)
            : entry.Kind is EntryKind.ServiceExecute or EntryKind.AwaitedByService ? null // the host hears of it and stops: its author's choice
            : new(escape, entry, null);
    }

    // The handler ends the application, or begins the work anew.
    private static bool IsDecided(ICatchClauseOperation outer, ISymbol containing)
    {
        foreach (var each in outer.Handler.Descendants())
        {
            if (each is IInvocationOperation { TargetMethod: var method }
                && (ApplicationEnd.IsEnd(method)
                    || SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, each.EnclosingFunction(containing)?.OriginalDefinition)
                    || (Again.Match(method.Name) is { Success: true, Length: > 4 } && !LogCalls.IsLog((IInvocationOperation)each))))
            {
                return true;
            }
        }

        return false;
    }

    // A base class that runs what its heirs override, and ends the application when that fails.
    private bool IsDecidedByCallers(ILoopOperation loop, ISymbol containing, CancellationToken cancel) =>
        RunningFunction.Around(loop, containing) is { Lambda: null, Symbol: var function }
        && new CallersCatches(facts, cancel).AreAll(function, static (clause, member) => member is not null && IsDecided(clause, member));

    private static bool Rethrows(ICatchClauseOperation clause)
    {
        foreach (var each in clause.Handler.Descendants())
        {
            if (each is IThrowOperation)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Judged(DyingLoop? Loop);
}
