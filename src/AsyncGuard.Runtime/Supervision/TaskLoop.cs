namespace AsyncGuard;

/// <summary>The one loop behind a supervised task: begin, run, judge, pause, again; until it is stopped, is done or gives up.</summary>
internal sealed class TaskLoop(TaskCore core)
{
    private readonly TaskJudge _judge = new(core);
    private readonly TaskWatch _watch = new(core);

    /// <summary>Begins on the thread pool and without the caller's context: no log scope or request state leaks into a loop that outlives it.</summary>
    public void Launch() => ThreadPool.UnsafeQueueUserWorkItem(static loop => Unawaited.Run(((TaskLoop)loop!).RunAsync()), this);

    /// <summary>A failure of the supervision itself, such as a metric listener that throws, ends the task as failed and loud, never in silence.</summary>
    private async Task RunAsync()
    {
        try
        {
            await SuperviseAsync().ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            lock (core.Gate)
            {
                core.Tally.Failed(thrown);
            }

            core.Report.SupervisionFailed(thrown);
            End(TaskState.Failed, thrown);
        }
    }

    private async Task SuperviseAsync()
    {
        SupervisedTask.Current = core.Task;
        await PauseAsync(core.Options.InitialDelay, TaskState.Waiting).ConfigureAwait(false);
        while (Begin() is { } attempt)
        {
            var next = await TryOnceAsync(attempt).ConfigureAwait(false);
            if (StateBoard.IsFinal(next.State))
            {
                End(next.State, next.Error);
                return;
            }

            await PauseAsync(next.Pause, next.State).ConfigureAwait(false);
        }

        End(TaskState.Stopped, null);
    }

    /// <summary>The next run, or null when a stop was asked for.</summary>
    private Attempt? Begin()
    {
        bool isFirst;
        string? restartReason;
        lock (core.Gate)
        {
            if (core.Life.StopRequested)
            {
                return null;
            }

            (isFirst, restartReason) = (!core.Life.HasStarted, core.RestartWanted ? "manual" : core.RestartReason);
        }

        core.Report.Starting(isFirst, restartReason);
        lock (core.Gate)
        {
            return core.Life.StopRequested ? null : BeginAttempt(restartReason is not null);
        }
    }

    private Attempt BeginAttempt(bool isRestart)
    {
        if (core.RestartWanted)
        {
            core.RestartWanted = false;
            core.Streak.Clear();
        }

        core.RestartReason = null;
        core.Beat();
        core.Tally.Started(isRestart);
        core.Cadence.Started();
        core.Attempt = new Attempt(core, _watch);
        core.Life.Start(core.Name, core.Options.ReadyTimeout, core.Ground.Clock);
        core.Board.Publish(core.Options.ReadyTimeout is null ? TaskState.Running : TaskState.Starting);
        return core.Attempt;
    }

    private async Task<Next> TryOnceAsync(Attempt attempt)
    {
        Exception? error = null;
        var endedSynchronously = false;
        using var measure = core.Ground.Telemetry.Begin(core.Name, core.Cadence.Kind);
        try
        {
            var work = core.Body(attempt.Token) ?? throw new InvalidOperationException($"The body of '{core.Name}' returned no task.");
            endedSynchronously = work.IsCompleted;
            await work.ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        lock (core.Gate)
        {
            attempt.End();
        }

        var failure = _judge.FailureOf(attempt, error);
        measure.End(failure);
        return _judge.Judge(attempt, error, failure, endedSynchronously);
    }

    private async Task PauseAsync(TimeSpan pause, TaskState state)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The timer comes first: whoever sees the state may move a fake clock at once.
        using var timer = core.Ground.Clock.CreateTimer(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), over, pause, Timeout.InfiniteTimeSpan);
        lock (core.Gate)
        {
            if (core.Life.StopRequested || core.RestartWanted)
            {
                return;
            }

            core.Pause = over;
            core.Tally.Pausing(pause);
            core.Board.Publish(state);
        }

        await over.Task.ConfigureAwait(false);
        lock (core.Gate)
        {
            core.Pause = null;
            core.Tally.PauseEnded();
        }
    }

    private void End(TaskState state, Exception? error)
    {
        core.Report.Ended(state);
        lock (core.Gate)
        {
            if (state != TaskState.Failed)
            {
                core.Ground.Registry.Remove(core.Task);
            }

            core.Attempt = null;
            core.Board.Publish(state);
            core.Life.End(state, error);
        }

        if (error is not null && core.Options.Restart.WhenExhausted == GiveUp.StopAll)
        {
            core.Ground.GiveUp(error);
        }
    }
}
