namespace AsyncGuard.Toolbox;

/// <summary>A scoped service that work takes along, and the work goes on when its scope has ended.</summary>
/// <param name="Use">Where the work uses it, or is given it.</param>
/// <param name="Lifetime">What it ends with.</param>
internal sealed record ScopeEscape(IOperation Use, Lifetime Lifetime);

/// <summary>Does a piece of work that nobody waits for take a scoped service along? Asked for dropped work only.</summary>
internal sealed class ScopeEscapes(CompilationFacts facts)
{
    private readonly BorrowedServices _borrowed = new(facts);

    /// <summary>The first call of a statement that leaves work behind which takes a scoped service along, and what it takes.</summary>
    public (IInvocationOperation Call, ScopeEscape Escape)? In(IExpressionStatementOperation statement, CancellationToken cancel)
    {
        if (DroppedTasks.In(statement) is { } dropped and not IAwaitOperation && (facts.Awaitables.IsAwaitable(dropped.Type) || BackgroundStarts.IsOne(dropped, facts)))
        {
            foreach (var origin in facts.Observation.OriginsOf(dropped))
            {
                if (origin is IInvocationOperation call && Of(call, cancel) is { } escape && !DroppedTasks.IsOnlyDescribed(statement, facts))
                {
                    return (call, escape);
                }
            }
        }

        return null;
    }

    /// <summary>Whether ASG1008 speaks of the statement that this stands in.</summary>
    public bool AreIn(IOperation operation, CancellationToken cancel)
    {
        for (var it = operation; it is not null; it = it.Parent)
        {
            if (it is IExpressionStatementOperation statement)
            {
                return In(statement, cancel) is not null;
            }
        }

        return false;
    }

    /// <summary>The first scoped service that this dropped call takes along.</summary>
    public ScopeEscape? Of(IInvocationOperation dropped, CancellationToken cancel) => new ScopeEscapeSearch(facts, _borrowed, cancel).InCall(dropped);

    /// <summary>Whether this would take a scoped service along if it ran later, as the body of a lambda.</summary>
    public bool WouldEscape(IOperation work, CancellationToken cancel) => new ScopeEscapeSearch(facts, _borrowed, cancel).InBody(work, work.Syntax, runsLater: true) is not null;
}
