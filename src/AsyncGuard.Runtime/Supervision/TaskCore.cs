namespace AsyncGuard;

/// <summary>What the loop, the watch and the callers of one supervised task share.</summary>
/// <remarks>
/// <see cref="Gate"/> guards every member that can be set, save the pulse. At it meet the loop (on the thread pool), the timer of the running attempt, and callers of the public members.
/// No user code (bodies, loggers, alert callbacks, continuations) runs under it. It may be held while the lock of the registry is taken, never the other way round.
/// </remarks>
internal sealed class TaskCore
{
    private readonly Pulse _pulse;
    private Life _life = new();

    public TaskCore(Ground ground, string name, Cadence cadence, SupervisionOptions options, Func<CancellationToken, Task> body)
    {
        (Ground, Name, Cadence, Options, Body) = (ground, name, cadence, options.Snapshot(), body);
        _pulse = new Pulse(ground.Clock);
        Streak = new FailureStreak(Options.Restart);
        Board = new StateBoard(Gate, name, Options.InitialDelay > TimeSpan.Zero ? TaskState.Waiting : TaskState.Starting);
        Tally = new Tally(ground.Clock);
        Report = new TaskReport(ground, name);
        Task = new SupervisedTask(this);
    }

    public object Gate { get; } = new();

    public Ground Ground { get; }

    public string Name { get; }

    public Cadence Cadence { get; }

    public SupervisionOptions Options { get; }

    public Func<CancellationToken, Task> Body { get; }

    public FailureStreak Streak { get; }

    public StateBoard Board { get; }

    public Tally Tally { get; }

    public TaskReport Report { get; }

    /// <summary>The public handle.</summary>
    public SupervisedTask Task { get; }

    /// <summary>May be read without the gate.</summary>
    public Life Life
    {
        get => Volatile.Read(ref _life);
        set => Volatile.Write(ref _life, value);
    }

    /// <summary>The newest run; null before the first and after the end.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>The pause in progress; completing it ends the pause.</summary>
    public TaskCompletionSource<bool>? Pause { get; set; }

    /// <summary>Somebody asked for a restart, and the run that answers it has not begun.</summary>
    public bool RestartWanted { get; set; }

    /// <summary>Why the next run is a restart, as the metric calls it; null when it is none.</summary>
    public string? RestartReason { get; set; }

    /// <summary>Time since the task last showed life.</summary>
    public TimeSpan Silence => _pulse.Silence;

    public void Beat() => _pulse.Beat();

    public TaskStats Snapshot()
    {
        lock (Gate)
        {
            return Tally.Snapshot(Streak, Silence);
        }
    }

    /// <summary>The task is well: by a success, or by having run for long enough.</summary>
    public void Recover()
    {
        int failures;
        lock (Gate)
        {
            failures = Streak.Clear();
        }

        if (failures > 0)
        {
            Report.Recovered(failures);
        }
    }
}
