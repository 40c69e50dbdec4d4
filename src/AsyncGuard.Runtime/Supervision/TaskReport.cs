namespace AsyncGuard;

/// <summary>Tells the world what happens to one task: log, metrics, alerts. Always called before the state that follows is published, so that whoever saw the state finds the rest.</summary>
internal sealed class TaskReport(Ground ground, string name)
{
    private readonly AlertDesk.Line _alerts = ground.Alerts.OpenLine(name);

    public void Starting(bool isFirst, string? restartReason)
    {
        if (isFirst)
        {
            ground.Logger.TaskStarted(name);
        }

        if (restartReason is not null)
        {
            ground.Telemetry.Restarted(name, restartReason);
        }
    }

    public void Failed(Exception failure, FailureStreak.Verdict verdict)
    {
        if (failure is UnexpectedReturnException)
        {
            ground.Logger.TaskReturned(name, verdict.Delay);
            return;
        }

        // A task that fails every second must not write a stack trace every second: the 1st, 2nd, 4th, 8th, … in a row carry it.
        var isPowerOfTwo = (verdict.Failures & (verdict.Failures - 1)) == 0;
        ground.Logger.TaskFailed(name, verdict.Failures, $"{failure.GetType().Name}: {failure.Message}", verdict.Delay, isPowerOfTwo ? failure : null);
    }

    public void Exhausted(Exception failure, FailureStreak.Verdict verdict, GiveUp action)
    {
        ground.Logger.TaskExhausted(name, verdict.Failures, action, failure);
        _alerts.Raise(SupervisorAlert.Exhausted, action == GiveUp.KeepTrying ? TaskState.BackingOff : TaskState.Failed, verdict.Failures, failure);
    }

    public void Hung(TimeSpan silence, int failures)
    {
        ground.Logger.TaskHung(name, silence);
        ground.Telemetry.Hung(name);
        _alerts.Raise(SupervisorAlert.Hung, TaskState.Running, failures, new HungTaskException(name, silence));
    }

    public void NotReady(int failures) => _alerts.Raise(SupervisorAlert.NotReady, TaskState.Starting, failures, null);

    public void Stuck(TimeSpan grace, int failures)
    {
        ground.Logger.TaskStuck(name, grace);
        _alerts.Raise(SupervisorAlert.Stuck, TaskState.Stuck, failures, null);
    }

    public void Abandoned(int failures)
    {
        ground.Logger.Abandoned(name);
        ground.Telemetry.Abandoned(name);
        _alerts.Raise(SupervisorAlert.Abandoned, TaskState.Stuck, failures, null);
    }

    public void Recovered(int failures)
    {
        ground.Logger.TaskRecovered(name, failures);
        _alerts.Recovered(failures);
    }

    /// <summary>The run was cancelled by a stop or a restart; what it threw then, other than its cancellation, is told.</summary>
    public void EndedOnRequest(Exception? error)
    {
        if (error is not null)
        {
            ground.Logger.TaskFailedWhileStopping(name, error);
        }
    }

    public void SupervisionFailed(Exception error)
    {
        ground.Logger.SupervisionFailed(name, error);
        _alerts.Raise(SupervisorAlert.Exhausted, TaskState.Failed, failures: 0, error);
    }

    public void Ended(TaskState state)
    {
        if (state == TaskState.Stopped)
        {
            ground.Logger.TaskStopped(name);
        }
    }
}
