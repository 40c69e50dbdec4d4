namespace AsyncGuard;

/// <summary>The time from a task's first run to its end. A restart after the end begins another. Guarded by the gate of the task loop, except for the tasks it hands out.</summary>
internal sealed class Life
{
    // Asynchronous continuations: whoever awaits these must not run under the gate.
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _readyDeadline;
    private bool _isAbandoned;

    public Task Ready => _ready.Task;

    public Task Completion => _completion.Task;

    /// <summary>Completes when nobody needs to wait for the task any more: it has ended, or was abandoned.</summary>
    public Task Released => _released.Task;

    public bool HasStarted { get; private set; }

    public bool StopRequested { get; set; }

    public bool HasEnded { get; private set; }

    /// <summary>The first run begins; <paramref name="readyTimeout"/> bounds how long anyone waits for <see cref="Ready"/>, however often the runs are restarted within it.</summary>
    public void Start(string name, TimeSpan? readyTimeout, TimeProvider clock)
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        if (readyTimeout is { } timeout)
        {
            _readyDeadline = clock.CreateTimer(_ => Fault(_ready, new StartupTimeoutException(name, timeout)), null, timeout, Timeout.InfiniteTimeSpan);
        }
        else
        {
            MarkReady();
        }
    }

    public void MarkReady()
    {
        _readyDeadline?.Dispose();
        _ready.TrySetResult(true);
    }

    /// <summary>True for the first who tries: one abandons, one reports it.</summary>
    public bool TryAbandon() => !_isAbandoned && (_isAbandoned = true);

    public void Release() => _released.TrySetResult(true);

    public void End(TaskState state, Exception? error)
    {
        HasEnded = true;
        _readyDeadline?.Dispose();
        if (error is not null)
        {
            Fault(_ready, error);
            Fault(_completion, error);
        }

        if (state == TaskState.Completed)
        {
            _ready.TrySetResult(true);
        }

        _ready.TrySetCanceled();
        _completion.TrySetResult(true);
        _released.TrySetResult(true);
    }

    private static void Fault(TaskCompletionSource<bool> source, Exception error)
    {
        if (source.TrySetException(error))
        {
            // Read once, the fault counts as observed: it was logged, and not everybody awaits.
            _ = source.Task.Exception;
        }
    }
}
