namespace AsyncGuard;

/// <summary>What a supervised task is doing. A task is in exactly one state at a time.</summary>
public enum TaskState
{
    /// <summary>Waits for its initial delay or its next tick.</summary>
    Waiting,

    /// <summary>Has been started and has not yet called <see cref="SupervisedTask.MarkReady"/>. Passed at once when no <see cref="SupervisionOptions.ReadyTimeout"/> is set.</summary>
    Starting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Failed, and waits for its next start.</summary>
    BackingOff,

    /// <summary>Ignored its cancellation for longer than <see cref="SupervisionOptions.StopTimeout"/>. No second copy is started; if it ever ends, it goes on as usual.</summary>
    Stuck,

    /// <summary>Was asked to stop and has not ended yet.</summary>
    Stopping,

    /// <summary>Ended well and will not run again (<see cref="RestartPolicy.RestartWhenDone"/> is false).</summary>
    Completed,

    /// <summary>Failed too often and will not run again unless <see cref="SupervisedTask.Restart"/> is called.</summary>
    Failed,

    /// <summary>Was asked to stop and has ended.</summary>
    Stopped,
}
