namespace AsyncGuard;

/// <summary>The counters and times of one task. Guarded by the gate of its task loop.</summary>
internal sealed class Tally(TimeProvider clock)
{
    private long _runs;
    private long _failures;
    private long _restarts;
    private DateTimeOffset? _lastStart;
    private DateTimeOffset? _lastSuccess;
    private Exception? _lastError;
    private DateTimeOffset? _nextStart;

    public void Started(bool isRestart)
    {
        _runs++;
        _restarts += isRestart ? 1 : 0;
        _lastStart = clock.GetUtcNow();
    }

    public void Succeeded() => _lastSuccess = clock.GetUtcNow();

    public void Failed(Exception error)
    {
        _failures++;
        _lastError = error;
    }

    public void Pausing(TimeSpan pause) => _nextStart = clock.GetUtcNow() + pause;

    public void PauseEnded() => _nextStart = null;

    public TaskStats Snapshot(FailureStreak streak, TimeSpan silence) => new()
    {
        Runs = _runs,
        Failures = _failures,
        ConsecutiveFailures = streak.Length,
        Restarts = _restarts,
        IsExhausted = streak.IsExhausted,
        LastStart = _lastStart,
        LastSuccess = _lastSuccess,
        LastProgress = _runs == 0 ? null : clock.GetUtcNow() - silence,
        LastError = _lastError,
        NextStart = _nextStart,
    };
}
