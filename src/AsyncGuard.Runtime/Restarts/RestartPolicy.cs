namespace AsyncGuard;

/// <summary>When a failed task is started again, and when it has failed too often. Immutable, so it may be shared by any number of tasks and threads.</summary>
/// <remarks>
/// The delay after the n-th failure in a row is <c>min(MaxDelay, Delay × Factor^(n−1))</c>, of which the last <see cref="Jitter"/> part is drawn at random:
/// tasks that fell together do not rise together, not even at the cap, and none waits longer than <see cref="MaxDelay"/>.
/// The defaults: 1 s, doubled up to 60 s, spread over the last fifth, five failures in a row before the alarm.
/// </remarks>
public sealed record RestartPolicy
{
    /// <summary>1 s, doubled up to 60 s; five failures in a row raise the alarm; tries on for ever.</summary>
    public static RestartPolicy Default { get; } = new();

    /// <summary>One run: a failure ends the task as <see cref="TaskState.Failed"/>, a normal end as <see cref="TaskState.Completed"/>.</summary>
    public static RestartPolicy Never { get; } = new() { MaxConsecutiveFailures = 1, WhenExhausted = GiveUp.Stop, RestartWhenDone = false };

    /// <summary>The pause after the first failure. Default 1 s; from zero to 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan Delay { get; init => field = Check.Duration(value); } = TimeSpan.FromSeconds(1);

    /// <summary>What each further failure in a row multiplies the pause by. Default 2; 1 keeps it constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or not finite.</exception>
    public double Factor { get; init => field = Check.Within(value, 1, double.MaxValue); } = 2;

    /// <summary>The longest pause. Default 60 s; longer than zero, at most 49 days. Wins over <see cref="Delay"/> where that is longer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan MaxDelay { get; init => field = Check.PositiveDuration(value); } = TimeSpan.FromSeconds(60);

    /// <summary>The part of each pause that is drawn at random, from 0 to 1. Default 0.2: a pause of d lasts between 0.8 d and d, never longer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double Jitter { get; init => field = Check.Within(value, 0, 1); } = 0.2;

    /// <summary>How many failures in a row exhaust the policy. Default 5, at least 1; <see cref="int.MaxValue"/> switches this limit off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxConsecutiveFailures { get; init => field = Check.AtLeastOne(value); } = 5;

    /// <summary>How many failures within <see cref="Window"/>, in a row or not, exhaust the policy. Default <see cref="int.MaxValue"/>: off; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxFailuresPerWindow { get; init => field = Check.AtLeastOne(value); } = int.MaxValue;

    /// <summary>The sliding window of <see cref="MaxFailuresPerWindow"/>. Default 10 min; longer than zero, at most 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan Window { get; init => field = Check.PositiveDuration(value); } = TimeSpan.FromMinutes(10);

    /// <summary>A run that lasts this long without failing clears the count of failures in a row, as a run that ends well does. Default 60 s; longer than zero, at most 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or longer than 49 days.</exception>
    public TimeSpan ResetAfter { get; init => field = Check.PositiveDuration(value); } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a task whose run ended well runs again. Default true; false makes the first normal end the last.</summary>
    public bool RestartWhenDone { get; init; } = true;

    /// <summary>What happens once the policy is exhausted. Default <see cref="GiveUp.KeepTrying"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of <see cref="GiveUp"/>.</exception>
    public GiveUp WhenExhausted { get; init => field = Check.Defined(value); } = GiveUp.KeepTrying;

    /// <summary>Tells failures that no restart can cure: true exhausts the policy at once. Default null: none is. May be called from any thread; an exception it throws joins the failure it was asked about.</summary>
    public Func<Exception, bool>? IsFatal { get; init; }

    /// <summary>The same pause after every failure, without jitter, and an end after so many failures in a row: the contract of a classic "safe background task".</summary>
    /// <param name="delay">The pause; from zero to 49 days. Zero still pauses for 1 ms.</param>
    /// <param name="maxConsecutiveFailures">How many failures in a row end it. Default 5, at least 1.</param>
    /// <param name="whenExhausted">What happens then. Default <see cref="GiveUp.Stop"/>.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RestartPolicy Constant(TimeSpan delay, int maxConsecutiveFailures = 5, GiveUp whenExhausted = GiveUp.Stop) => new()
    {
        Delay = delay,
        MaxDelay = delay > TimeSpan.Zero ? delay : Backoff.Least,
        Factor = 1,
        Jitter = 0,
        MaxConsecutiveFailures = maxConsecutiveFailures,
        WhenExhausted = whenExhausted,
    };

    /// <summary>Draws the pause that follows a failure.</summary>
    /// <param name="consecutiveFailures">Failures in a row so far, this one included; at least 1.</param>
    /// <returns>A pause between <c>(1 − Jitter) × d</c> and <c>d</c>, where <c>d = min(MaxDelay, Delay × Factor^(consecutiveFailures − 1))</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="consecutiveFailures"/> is below 1.</exception>
    public TimeSpan NextDelay(int consecutiveFailures) => Backoff.After(this, Check.AtLeastOne(consecutiveFailures));
}
