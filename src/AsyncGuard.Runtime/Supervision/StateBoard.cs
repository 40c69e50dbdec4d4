namespace AsyncGuard;

/// <summary>The published state of one task and those who wait for it. Guarded by the gate of its task loop, except for reading <see cref="State"/>.</summary>
internal sealed class StateBoard(object gate, string name, TaskState initial)
{
    private readonly List<Waiter> _waiters = [];
    private volatile TaskState _state = initial;

    public TaskState State => _state;

    public static bool IsFinal(TaskState state) => state is TaskState.Completed or TaskState.Failed or TaskState.Stopped;

    public void Publish(TaskState state)
    {
        _state = state;
        if (_waiters.Count > 0)
        {
            _waiters.RemoveAll(waiter => Answer(waiter, state));
        }
    }

    public async Task WhenAsync(TaskState state, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(state);
        lock (gate)
        {
            if (!Answer(waiter, _state))
            {
                _waiters.Add(waiter);
            }
        }

        using (cancellationToken.Register(() => Forget(waiter, cancellationToken)))
        {
            await waiter.Reached.Task.ConfigureAwait(false);
        }
    }

    private bool Answer(Waiter waiter, TaskState state)
    {
        if (state == waiter.State)
        {
            waiter.Reached.TrySetResult(true);
            return true;
        }

        return IsFinal(state) && waiter.Reached.TrySetException(new InvalidOperationException($"'{name}' ended as {state} and will not be {waiter.State}."));
    }

    private void Forget(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            _waiters.Remove(waiter);
        }

        waiter.Reached.TrySetCanceled(cancellationToken);
    }

    private sealed class Waiter(TaskState state)
    {
        public TaskState State { get; } = state;

        // Asynchronous continuations: the waiter's code must not run under the gate.
        public TaskCompletionSource<bool> Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
