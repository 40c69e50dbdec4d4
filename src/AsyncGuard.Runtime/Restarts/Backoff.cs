namespace AsyncGuard;

/// <summary>The arithmetic of the pauses between a failure and the next start.</summary>
internal static class Backoff
{
    /// <summary>Even a policy without a pause leaves the processor to others now and then.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    public static TimeSpan After(RestartPolicy policy, int failures)
    {
        // A power that overflows is infinite, and an infinite pause is the cap.
        var ticks = policy.Delay.Ticks * Math.Pow(policy.Factor, failures - 1);
        return ticks < policy.MaxDelay.Ticks ? Spread((long)ticks, policy.Jitter) : AtCap(policy);
    }

    public static TimeSpan AtCap(RestartPolicy policy) => Spread(policy.MaxDelay.Ticks, policy.Jitter);

    private static TimeSpan Spread(long ticks, double jitter) =>
        TimeSpan.FromTicks(jitter == 0 ? ticks : ticks - (long)(ticks * jitter * Chance.NextDouble()));
}
