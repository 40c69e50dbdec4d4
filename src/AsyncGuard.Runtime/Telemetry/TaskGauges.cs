using System.Diagnostics.Metrics;

namespace AsyncGuard;

/// <summary>Metrics that are read off the tasks when somebody collects.</summary>
internal static class TaskGauges
{
    private static readonly (TaskState State, string Name)[] States =
    [
        (TaskState.Waiting, "waiting"),
        (TaskState.Starting, "starting"),
        (TaskState.Running, "running"),
        (TaskState.BackingOff, "backing_off"),
        (TaskState.Stuck, "stuck"),
        (TaskState.Stopping, "stopping"),
        (TaskState.Completed, "completed"),
        (TaskState.Failed, "failed"),
        (TaskState.Stopped, "stopped"),
    ];

    public static void Observe(Meter meter, TaskRegistry registry)
    {
        meter.CreateObservableUpDownCounter("asyncguard.task.state", () => registry.Snapshot().SelectMany(StatesOf), "{task}", "1 for the state a task is in, 0 for the others.");
        meter.CreateObservableGauge("asyncguard.task.consecutive_failures", () => registry.Snapshot().Select(FailuresOf), "{failure}", "Failures in a row.");
        meter.CreateObservableGauge("asyncguard.task.progress.age", () => registry.Snapshot().Where(IsRunning).Select(AgeOf), "s", "Time since a running task last showed life.");
    }

    private static bool IsRunning(SupervisedTask task) => task.State is TaskState.Starting or TaskState.Running or TaskState.Stuck or TaskState.Stopping && task.Stats.Runs > 0;

    private static Measurement<long> FailuresOf(SupervisedTask task) => new(task.Stats.ConsecutiveFailures, Tag.Task(task.Name));

    private static Measurement<double> AgeOf(SupervisedTask task) => new(task.Silence.TotalSeconds, Tag.Task(task.Name));

    private static IEnumerable<Measurement<long>> StatesOf(SupervisedTask task)
    {
        var now = task.State;
        return States.Select(one => new Measurement<long>(one.State == now ? 1 : 0, Tag.Task(task.Name), Tag.State(one.Name)));
    }
}
