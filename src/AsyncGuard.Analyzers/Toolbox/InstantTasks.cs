namespace AsyncGuard.Toolbox;

/// <summary>Is the task that a call gives complete already, because nothing that the function awaits makes it wait?</summary>
/// <remarks>Asked for suspicious sites only. A chain of calls that is too long, or comes back to itself, is taken for one that waits.</remarks>
internal sealed class InstantTasks(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<(IMethodSymbol Function, int Steps), bool> _known = new();

    /// <param name="call">The call that gives the task.</param>
    /// <param name="steps">How far to look.</param>
    public bool IsOne(IInvocationOperation call, int steps)
    {
        if (MemoryStreams.IsWorkOn(call))
        {
            return true;
        }

        var targets = steps > 0 ? facts.Targets.Of(call) : [];
        foreach (var target in targets)
        {
            if (!Ends(target, steps))
            {
                return false;
            }
        }

        return !targets.IsEmpty;
    }

    private bool Ends(IMethodSymbol function, int steps)
    {
        if (!_known.TryGetValue((function, steps), out var ends))
        {
            ends = _known.GetOrAdd((function, steps), Look(function, steps));
        }

        return ends;
    }

    private bool Look(IMethodSymbol function, int steps) =>
        facts.Bodies.Of(function) is { } body && !body.HasInFunction(each => MayWait(each, function.IsAsync, steps));

    private bool MayWait(IOperation operation, bool isAsync, int steps) => operation switch
    {
        IAwaitOperation { Operation: var awaited } => !facts.CompletedTasks.AreAllOf(awaited, steps - 1),
        IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } => !isAsync && !facts.CompletedTasks.AreAllOf(value, steps - 1),
        _ => operation.IsAwait(),
    };
}
