namespace AsyncGuard;

/// <summary>One piece of fire-and-forget work, or the delivery of an alert: on the thread pool, in the caller's context, counted and named until it ends.</summary>
internal sealed class Run(Ground ground, string kind, string name, Func<CancellationToken, Task> work)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private Run? _newer;

    public string Name => name;

    public string Kind => kind;

    public Run? Older { get; private set; }

    /// <summary>Joins the list of runs; under the lock of the pool.</summary>
    public void Link(ref Run? newest)
    {
        Older = newest;
        newest?._newer = this;
        newest = this;
    }

    /// <summary>Leaves the list of runs; under the lock of the pool.</summary>
    public void Unlink(ref Run? newest)
    {
        Older?._newer = _newer;
        if (_newer is null)
        {
            newest = Older;
        }
        else
        {
            _newer.Older = Older;
        }
    }

    public void Start() => ThreadPool.UnsafeQueueUserWorkItem(static run => ((Run)run!).Enter(), this);

    private void Enter()
    {
        if (_context is null)
        {
            Unawaited.Run(RunAsync());
        }
        else
        {
            ExecutionContext.Run(_context, static run => Unawaited.Run(((Run)run!).RunAsync()), this);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using var measure = ground.Telemetry.BeginLinked(name, kind);
            measure.End(await FailureAsync().ConfigureAwait(false));
        }
        finally
        {
            ground.Runs.Leave(this);
        }
    }

    /// <summary>Does the work; null, or how it failed.</summary>
    private async Task<Exception?> FailureAsync()
    {
        var startedAt = ground.Clock.GetTimestamp();
        try
        {
            var running = work(ground.Runs.Token) ?? throw new InvalidOperationException($"The work of '{name}' returned no task.");
            await running.ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (ground.Runs.Token.IsCancellationRequested)
        {
            ground.Logger.RunCancelled(name);
            return null;
        }
        catch (Exception thrown)
        {
            ground.Logger.RunFailed(name, ground.Clock.GetElapsedTime(startedAt), thrown);
            return thrown;
        }
    }
}
