namespace AsyncGuard;

/// <summary>Something a human should know, handed to <see cref="SupervisorOptions.OnAlert"/>.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="State">Its state when the alert was raised.</param>
/// <param name="Reason">One of <c>exhausted</c>, <c>hung</c>, <c>stuck</c>, <c>not-ready</c>, <c>abandoned</c> and <c>recovered</c>; the constants of this type.</param>
/// <param name="ConsecutiveFailures">Its failures in a row.</param>
/// <param name="Error">The failure behind it, where there is one.</param>
/// <param name="At">When it was raised.</param>
public sealed record SupervisorAlert(string Task, TaskState State, string Reason, int ConsecutiveFailures, Exception? Error, DateTimeOffset At)
{
    /// <summary>The task failed too often.</summary>
    public const string Exhausted = "exhausted";

    /// <summary>The task made no progress for <see cref="SupervisionOptions.HangTimeout"/>.</summary>
    public const string Hung = "hung";

    /// <summary>The task ignored its cancellation.</summary>
    public const string Stuck = "stuck";

    /// <summary>The task was not ready within <see cref="SupervisionOptions.ReadyTimeout"/>.</summary>
    public const string NotReady = "not-ready";

    /// <summary>The task did not end when it was stopped, and was left behind.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>The task is well again after one of the others. Never held back by <see cref="SupervisorOptions.AlertInterval"/>.</summary>
    public const string Recovered = "recovered";
}
