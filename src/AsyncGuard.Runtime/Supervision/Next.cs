namespace AsyncGuard;

/// <summary>What follows a run: another one after a pause in some state, or the end.</summary>
internal readonly record struct Next(TimeSpan Pause, TaskState State, Exception? Error)
{
    public static Next At(TimeSpan pause, TaskState state) => new(pause, state, null);

    public static Next End(TaskState state, Exception? error = null) => new(TimeSpan.Zero, state, error);
}
