namespace AsyncGuard.Toolbox;

/// <summary>Which rule speaks where code blocks on a task? One does: ASG4003 before ASG4009 before those that go by the function.</summary>
internal sealed class BlockingPlaces(CompilationFacts facts)
{
    private readonly DeadlockPlaces _deadlocks = new(facts);
    private readonly ParallelBodies _loops = new(facts);

    /// <summary>Where it deadlocks (ASG4003).</summary>
    public DeadlockPlace? DeadlockAt(BlockingCall blocking, ISymbol containing, CancellationToken cancel) => _deadlocks.Of(blocking, containing, cancel);

    /// <summary>The parallel loop whose body it stands in (ASG4009).</summary>
    public IInvocationOperation? LoopAround(BlockingCall blocking, ISymbol containing, CancellationToken cancel) => _loops.Around(blocking.Operation, containing, cancel);

    /// <summary>Whether one of these two speaks, so that the rules that go by the function are silent.</summary>
    public bool HasRuleOfItsOwn(BlockingCall blocking, ISymbol containing, CancellationToken cancel) =>
        DeadlockAt(blocking, containing, cancel) is not null || LoopAround(blocking, containing, cancel) is not null;
}
