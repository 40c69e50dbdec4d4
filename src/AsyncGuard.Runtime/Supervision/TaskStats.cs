namespace AsyncGuard;

/// <summary>What a supervised task has done so far: one consistent snapshot, never updated. Times come from <see cref="SupervisorOptions.TimeProvider"/>.</summary>
public sealed record TaskStats
{
    /// <summary>Runs begun. Each iteration of a loop and each tick of a periodic task is one.</summary>
    public long Runs { get; init; }

    /// <summary>Runs that failed: threw, hung, were not ready in time, or returned though nobody asked.</summary>
    public long Failures { get; init; }

    /// <summary>Failures since the last success, the last <see cref="SupervisedTask.Restart"/> or the last <see cref="RestartPolicy.ResetAfter"/> of healthy running.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>Runs begun because of a failure or of <see cref="SupervisedTask.Restart"/>.</summary>
    public long Restarts { get; init; }

    /// <summary>Whether the policy is exhausted: the task failed too often and has not recovered since.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>When the newest run began; null before the first.</summary>
    public DateTimeOffset? LastStart { get; init; }

    /// <summary>When a run last ended well; null before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When the task last showed life: a start or a <see cref="SupervisedTask.Beat"/>; null before the first.</summary>
    public DateTimeOffset? LastProgress { get; init; }

    /// <summary>The newest failure; null before the first. Kept after a recovery.</summary>
    public Exception? LastError { get; init; }

    /// <summary>When the next run is due, while the task waits or backs off; otherwise null.</summary>
    public DateTimeOffset? NextStart { get; init; }
}
