namespace AsyncGuard;

/// <summary>What callers ask of a supervised task.</summary>
internal sealed class TaskRequests(TaskCore core)
{
    private readonly TaskLoop _loop = new(core);

    /// <summary>Takes the task into the registry and begins.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="InvalidOperationException">The supervisor stops.</exception>
    public void Begin()
    {
        core.Ground.Registry.Add(core.Task);
        _loop.Launch();
    }

    public void MarkReady()
    {
        lock (core.Gate)
        {
            if (core.Attempt is { HasEnded: false } attempt && attempt.MarkReady())
            {
                core.Life.MarkReady();
                core.Board.Publish(TaskState.Running);
            }
        }
    }

    public void Restart()
    {
        lock (core.Gate)
        {
            if (core.Life.HasEnded)
            {
                BeginAnew();
            }
            else if (!core.Life.StopRequested)
            {
                core.RestartWanted = true;
                core.Pause?.TrySetResult(true);
                core.Attempt?.Cancel(Cause.Restart);
            }
        }
    }

    /// <summary>Asks the task to stop; <see cref="Life.Released"/> tells when that is over.</summary>
    public void Stop()
    {
        if (IsStuckAtStop())
        {
            Abandon();
        }
    }

    /// <summary>Leaves the running body behind, by name.</summary>
    public void Abandon()
    {
        lock (core.Gate)
        {
            if (core.Life.HasEnded || !core.Life.TryAbandon())
            {
                return;
            }
        }

        core.Report.Abandoned(core.Snapshot().ConsecutiveFailures);
        lock (core.Gate)
        {
            if (!core.Life.HasEnded)
            {
                core.Board.Publish(TaskState.Stuck);
                core.Life.Release();
            }
        }
    }

    private void BeginAnew()
    {
        if (core.Ground.Registry.TryAdd(core.Task))
        {
            core.RestartWanted = true;
            core.Life = new Life();
            core.Board.Publish(TaskState.Starting);
            _loop.Launch();
        }
    }

    /// <summary>Passes the request on, unless it was made before; true when nobody is there to obey it.</summary>
    private bool IsStuckAtStop()
    {
        lock (core.Gate)
        {
            if (core.Life.HasEnded || core.Life.StopRequested)
            {
                Dismiss();
                return false;
            }

            core.Life.StopRequested = true;
            core.Pause?.TrySetResult(true);
            if (core.Attempt is { HasEnded: false, IsDisobedient: true })
            {
                return true;
            }

            core.Board.Publish(TaskState.Stopping);
            core.Attempt?.Cancel(Cause.Stop);
            return false;
        }
    }

    /// <summary>A failed task keeps its name and its place in the health report until somebody stops it.</summary>
    private void Dismiss()
    {
        if (core.Board.State == TaskState.Failed)
        {
            core.Ground.Registry.Remove(core.Task);
            core.Board.Publish(TaskState.Stopped);
        }
    }
}
