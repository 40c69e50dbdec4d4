namespace AsyncGuard;

/// <summary>How one task is supervised. Read once, when the task is created; later changes have no effect. Not thread-safe while it is being filled.</summary>
public class SupervisionOptions
{
    /// <summary>When a failed run is followed by another. Default <see cref="RestartPolicy.Default"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RestartPolicy Restart { get; set => field = Check.Present(value); } = RestartPolicy.Default;

    /// <summary>The pause before the first run. Default zero; at most 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan InitialDelay { get; set => field = Check.Duration(value); }

    /// <summary>How long a run may take from its start to <see cref="SupervisedTask.MarkReady"/>. Default null: a task is ready when it is started. A run that is late fails.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan? ReadyTimeout { get; set => field = Check.PositiveDuration(value); }

    /// <summary>The longest silence of a running task: time since its start or its last <see cref="SupervisedTask.Beat"/>. Default null: off. A silent run is cancelled and counts as failed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan? HangTimeout { get; set => field = Check.PositiveDuration(value); }

    /// <summary>How long a cancelled run may take to end before it counts as <see cref="TaskState.Stuck"/>, or, at a stop, as abandoned. Default 10 s; from zero to 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan StopTimeout { get; set => field = Check.Duration(value); } = TimeSpan.FromSeconds(10);

    internal SupervisionOptions Snapshot() => (SupervisionOptions)MemberwiseClone();
}
