namespace AsyncGuard.Support;

/// <summary>A body that does what the next line of a script says; the last line holds for ever. Counts its runs and how many there were at once.</summary>
internal sealed class Script(params Func<CancellationToken, Task>[] lines)
{
    private readonly List<(int Run, TaskCompletionSource Begun)> _waiters = [];
    private int _runs;
    private int _atOnce;
    private int _mostAtOnce;
    private bool _isCycled;

    public int Runs => Volatile.Read(ref _runs);

    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public static Func<CancellationToken, Task> Succeeds => _ => Task.CompletedTask;

    public static Func<CancellationToken, Task> Waits => cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken);

    public static Func<CancellationToken, Task> Throws(string message = "connection refused") => _ => Task.FromException(new InvalidOperationException(message));

    /// <summary>Begins again after the last line.</summary>
    public Script Cycled()
    {
        _isCycled = true;
        return this;
    }

    /// <summary>Completes when the n-th run has begun.</summary>
    public Task BegunAsync(int run)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiters)
        {
            _waiters.Add((run, begun));
        }

        Tell();
        return begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var run = Interlocked.Increment(ref _runs) - 1;
        var line = lines[_isCycled ? run % lines.Length : Math.Min(run, lines.Length - 1)];
        Tell();
        var atOnce = Interlocked.Increment(ref _atOnce);
        _mostAtOnce = Math.Max(_mostAtOnce, atOnce);
        try
        {
            await line(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    private void Tell()
    {
        lock (_waiters)
        {
            _waiters.RemoveAll(waiter => Runs >= waiter.Run && waiter.Begun.TrySetResult());
        }
    }
}
