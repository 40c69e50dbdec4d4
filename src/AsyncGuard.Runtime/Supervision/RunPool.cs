namespace AsyncGuard;

/// <summary>Work begun by <c>Run</c>: how much runs, what waits, who they are. Its lock guards all fields but the token; callers of Run, ends of runs and the shutdown meet there.</summary>
internal sealed class RunPool(Ground ground, int maxRunning, int maxQueued)
{
    public const string RunKind = "run";
    public const string AlertKind = "alert";

    private readonly object _lock = new();
    private readonly Queue<Run> _waiting = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Run? _newest;
    private int _running;
    private bool _isClosed;
    private TaskCompletionSource<bool>? _idle;

    public int Running => Volatile.Read(ref _running);

    public CancellationToken Token => _cancellation.Token;

    /// <summary>Starts the work, or lets it wait; null, or why not.</summary>
    public Refusal? TryAccept(string name, Func<CancellationToken, Task> work)
    {
        var run = new Run(ground, RunKind, name, work);
        lock (_lock)
        {
            if (_isClosed)
            {
                return Refusal.Stopping;
            }

            if (_running >= maxRunning)
            {
                return Enqueue(run);
            }

            Enter(run);
        }

        run.Start();
        return null;
    }

    /// <summary>Starts the delivery of an alert, whatever the limits say and even during a stop, which waits for it.</summary>
    public void Deliver(string name, Func<CancellationToken, Task> work)
    {
        var run = new Run(ground, AlertKind, name, work);
        lock (_lock)
        {
            Enter(run);
        }

        run.Start();
    }

    public void Leave(Run run)
    {
        Run? next = null;
        lock (_lock)
        {
            run.Unlink(ref _newest);
            Volatile.Write(ref _running, _running - 1);
            if (_waiting.Count > 0 && _running < maxRunning && !Token.IsCancellationRequested)
            {
                next = _waiting.Dequeue();
                Enter(next);
            }

            if (_running == 0)
            {
                _idle?.TrySetResult(true);
            }
        }

        next?.Start();
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Completes when nothing runs or waits.</summary>
    public Task IdleAsync()
    {
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running == 0)
            {
                _idle.TrySetResult(true);
            }

            return _idle.Task;
        }
    }

    public Task CancelAsync() => Cancellation.CancelAsync(_cancellation, "Run", ground.Logger);

    /// <summary>All that has not ended.</summary>
    public List<Run> Unfinished()
    {
        lock (_lock)
        {
            List<Run> unfinished = [.. _waiting];
            for (var run = _newest; run is not null; run = run.Older)
            {
                unfinished.Add(run);
            }

            return unfinished;
        }
    }

    private Refusal? Enqueue(Run run)
    {
        if (_waiting.Count >= maxQueued)
        {
            return Refusal.Full(maxRunning, maxQueued);
        }

        _waiting.Enqueue(run);
        return null;
    }

    private void Enter(Run run)
    {
        run.Link(ref _newest);
        Volatile.Write(ref _running, _running + 1);
    }
}
