namespace AsyncGuard.Toolbox;

/// <summary>A failure that nobody learns of, in a chain of continuations whose end is dropped.</summary>
/// <param name="Origin">What fails: the call that makes the first task, or a continuation.</param>
/// <param name="Escape">The operation whose failure is lost.</param>
/// <param name="HiddenBy">The continuation that runs after the failure as if there were none; <see langword="null"/> where none runs, or its own failure is lost.</param>
internal sealed record LostFault(IOperation Origin, IOperation Escape, IInvocationOperation? HiddenBy);

/// <summary>What nobody learns of when this chain of continuations is dropped?</summary>
/// <remarks>
/// A continuation that runs after faults only, or asks for one, is a handler: whether it fails itself is not asked. A task with a name is
/// taken for observed elsewhere, unless it is a local that nobody looks at.
/// </remarks>
internal sealed class LostContinuations(CompilationFacts facts)
{
    public LostFault? Of(IInvocationOperation end, CancellationToken cancel) => Find(end, new(Fault: false, Cancellation: false), cancel);

    private readonly record struct Sight(bool Fault, bool Cancellation);

    private LostFault? Find(IInvocationOperation continuation, Sight after, CancellationToken cancel)
    {
        var sight = facts.Continuations.SightOf(continuation, cancel);
        var inner = sight switch
        {
            FaultSight.Seen => new Sight(true, Continuations.RunsAfterCancellation(continuation, cancel)),
            FaultSight.Rethrown => after with { Cancellation = after.Fault },
            FaultSight.Skipped => new Sight(after.Cancellation, after.Cancellation),
            _ => default,
        };

        foreach (var antecedent in Continuations.AntecedentsOf(continuation))
        {
            if (Before(antecedent, inner, sight == FaultSight.Skipped ? null : continuation, cancel) is { } lost)
            {
                return lost;
            }
        }

        return sight != FaultSight.Seen && !after.Fault && EscapeOf(continuation, cancel) is { } escape ? new(continuation, escape, HiddenBy: null) : null;
    }

    private LostFault? Before(IOperation antecedent, Sight seen, IInvocationOperation? by, CancellationToken cancel)
    {
        foreach (var origin in facts.Observation.OriginsOf(antecedent))
        {
            if (origin is IInvocationOperation call && facts.Continuations.IsContinuation(call))
            {
                if (Find(call, seen, cancel) is { } inner)
                {
                    return inner;
                }
            }
            else if (!seen.Fault && FailureOf(origin, cancel) is { } escape)
            {
                return new(origin, escape, by);
            }
        }

        return null;
    }

    private IOperation? FailureOf(IOperation task, CancellationToken cancel)
    {
        if (task is IInvocationOperation)
        {
            return facts.LostErrors.Of(task, cancel);
        }

        if (task is not ILocalReferenceOperation { Local: var local })
        {
            return null;
        }

        foreach (var value in LocalValues.Of(local, task))
        {
            if (value.Bare() is IInvocationOperation made && facts.Observation.FateOf(value) == Fate.Unread && facts.LostErrors.Of(made, cancel) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private IOperation? EscapeOf(IInvocationOperation continuation, CancellationToken cancel) =>
        Continuations.WorkOf(continuation) is { } work && facts.DelegateErrors.Of(work, cancel) is { } escape && !IsTheAntecedents(escape) ? escape : null;

    // Its fault has been asked for already.
    private bool IsTheAntecedents(IOperation escape) => facts.Waits.BlockedOn(escape) is { } blocked ? IsGiven(blocked) : escape is IAwaitOperation wait && IsGiven(wait.Operation);

    private bool IsGiven(IOperation task) => (facts.Waits.Behind(task.Bare()) ?? task).Bare() is IParameterReferenceOperation;
}
