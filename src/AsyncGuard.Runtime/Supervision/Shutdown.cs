namespace AsyncGuard;

/// <summary>The stop of a supervisor: once, bounded, naming what it leaves behind. Its lock guards the one task; callers of StopAsync and a task that gives up meet there.</summary>
internal sealed class Shutdown(Ground ground, TimeSpan drainTimeout, TimeSpan stopTimeout)
{
    private readonly object _lock = new();
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _hurry = new();
    private Task? _stop;

    public Task Completion => _completion.Task;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Completes at the end of the stop, unlike <see cref="Completion"/>, which a task that gives up for all faults before.</summary>
    public Task Stopped => _stopped.Task;

    public void GiveUp(Exception error)
    {
        if (_completion.TrySetException(error))
        {
            _ = _completion.Task.Exception;   // observed: it was logged as event 1103, and not everybody awaits
        }

        Unawaited.Run(StopAsync(CancellationToken.None));
    }

    public async Task StopAsync(CancellationToken hurry)
    {
        Task stop;
        lock (_lock)
        {
            stop = _stop ??= Task.Run(StopOnceAsync, CancellationToken.None);
        }

        using (hurry.Register(static source => ((CancellationTokenSource)source!).Cancel(), _hurry))
        {
            await stop.ConfigureAwait(false);
        }
    }

    private async Task StopOnceAsync()
    {
        ground.Registry.Close();
        ground.Runs.Close();
        Unawaited.Run(Cancellation.CancelAsync(_stopping, "startup", ground.Logger));
        var tasks = ground.Registry.Snapshot();
        foreach (var task in tasks)
        {
            task.Requests.Stop();
        }

        if (ground.Runs.Running > 0)
        {
            ground.Logger.Draining(ground.Runs.Running, drainTimeout);
        }

        var ended = EndedAsync(tasks);
        if (!await ended.EndsWithinAsync(drainTimeout, ground.Clock, _hurry.Token).ConfigureAwait(false))
        {
            Unawaited.Run(ground.Runs.CancelAsync());
            if (!await ended.EndsWithinAsync(stopTimeout, ground.Clock, CancellationToken.None).ConfigureAwait(false))
            {
                Abandon(tasks);
            }
        }

        _completion.TrySetResult(true);
        _stopped.TrySetResult(true);
    }

    private async Task EndedAsync(SupervisedTask[] tasks)
    {
        await Task.WhenAll(tasks.Select(static task => task.Released)).ConfigureAwait(false);
        await ground.Runs.IdleAsync().ConfigureAwait(false);
    }

    private void Abandon(SupervisedTask[] tasks)
    {
        // Looked up before the first alert about any of this joins them.
        var runs = ground.Runs.Unfinished();
        foreach (var task in tasks.Where(static task => !task.Released.IsCompleted))
        {
            task.Requests.Abandon();
        }

        foreach (var run in runs)
        {
            ground.Logger.Abandoned(run.Name);
            ground.Telemetry.Abandoned(run.Name);
        }

        foreach (var name in runs.Where(static run => run.Kind == RunPool.RunKind).Select(static run => run.Name).Distinct())
        {
            ground.Alerts.OpenLine(name).Raise(SupervisorAlert.Abandoned, TaskState.Stuck, failures: 0, error: null);
        }
    }
}
