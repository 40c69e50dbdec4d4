namespace AsyncGuard;

/// <summary>How a start-up step is tried. Read once, when the step begins. Not thread-safe while it is being filled.</summary>
public sealed class StartupOptions
{
    private static readonly RestartPolicy UntilTimeout = new() { MaxDelay = TimeSpan.FromSeconds(5), MaxConsecutiveFailures = int.MaxValue };

    /// <summary>The hard limit for all attempts together. Default 30 s; longer than zero, at most 49 days. It holds even against a step that ignores its token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan Timeout { get; set => field = Check.PositiveDuration(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the application can not do without it. Default true: the step's failure is thrown. False: it is logged as event 1303 and the start goes on.</summary>
    public bool Required { get; set; } = true;

    /// <summary>The pauses between attempts. Default 1 s, doubled up to 5 s, until <see cref="Timeout"/>. Exhausting the policy, or a failure it calls fatal, ends the step before that.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RestartPolicy Retry { get; set => field = Check.Present(value); } = UntilTimeout;
}
