namespace AsyncGuard;

/// <summary>Counts the failures of one task against its policy. Guarded by the gate of its task loop.</summary>
internal sealed class FailureStreak(RestartPolicy policy)
{
    private readonly Queue<TimeSpan> _recent = new();

    public int Length { get; private set; }

    public bool IsExhausted { get; private set; }

    /// <summary>Adds a failure; <paramref name="now"/> is the age of the task.</summary>
    public Verdict Add(bool isFatal, TimeSpan now)
    {
        Length += Length < int.MaxValue ? 1 : 0;
        var wasExhausted = IsExhausted;
        IsExhausted |= isFatal || Length >= policy.MaxConsecutiveFailures || WindowIsFull(now);
        return new Verdict(IsExhausted ? Backoff.AtCap(policy) : policy.NextDelay(Length), Length, IsExhausted, IsExhausted && !wasExhausted);
    }

    /// <summary>Forgets all failures and tells how many there were in a row.</summary>
    public int Clear()
    {
        var length = Length;
        Length = 0;
        IsExhausted = false;
        return length;
    }

    private bool WindowIsFull(TimeSpan now)
    {
        if (policy.MaxFailuresPerWindow == int.MaxValue)
        {
            return false;
        }

        _recent.Enqueue(now);
        while (_recent.Peek() <= now - policy.Window || _recent.Count > policy.MaxFailuresPerWindow)
        {
            _recent.Dequeue();
        }

        return _recent.Count >= policy.MaxFailuresPerWindow;
    }

    public readonly record struct Verdict(TimeSpan Delay, int Failures, bool IsExhausted, bool BecameExhausted);
}
