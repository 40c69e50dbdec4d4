namespace AsyncGuard;

/// <summary>One run of a body, and one timer that watches it: is it ready in time, is it silent, does it obey, has it been well for long enough.</summary>
/// <remarks>All members but <see cref="Token"/> are guarded by the gate of the task loop. The loop, the timer and callers of Stop, Restart and MarkReady meet there.</remarks>
internal sealed class Attempt
{
    private readonly TaskLoop _loop;
    private readonly SupervisionOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly long _startedAt;
    private TimeSpan? _readyBy;
    private TimeSpan? _recoversAt;
    private TimeSpan? _obeysBy;
    private ITimer? _timer;

    public Attempt(TaskLoop loop, SupervisionOptions options, TimeProvider clock, bool mustRecover)
    {
        (_loop, _options, _clock, _startedAt) = (loop, options, clock, clock.GetTimestamp());
        _readyBy = options.ReadyTimeout;
        _recoversAt = mustRecover ? options.Restart.ResetAfter : null;
        Watch();
    }

    public CancellationToken Token => _cancellation.Token;

    /// <summary>Why the run was cancelled.</summary>
    public Cause Cause { get; private set; }

    /// <summary>How long the task had been silent when it was found hanging.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>The run did not end in time after it had been cancelled.</summary>
    public bool IsDisobedient { get; private set; }

    public bool HasEnded { get; private set; }

    public TimeSpan Elapsed => _clock.GetElapsedTime(_startedAt);

    public bool MarkReady()
    {
        var wasWaiting = _readyBy is not null && Cause == Cause.None;
        _readyBy = null;
        return wasWaiting;
    }

    public void Cancel(Cause cause)
    {
        if (Cause == Cause.None && !HasEnded)
        {
            Condemn(cause);
            Interrupt();
        }
    }

    /// <summary>Cancels the token. After <see cref="Look"/> condemned the run this is left to the loop, which tells the world first.</summary>
    public void Interrupt() => _loop.CancelInBackground(_cancellation);

    public void End()
    {
        HasEnded = true;
        _timer?.Dispose();
    }

    /// <summary>What the timer found; at most one thing at a time, the timer is set again for the rest.</summary>
    public Finding Look()
    {
        if (HasEnded)
        {
            return Finding.Nothing;
        }

        var finding = Cause == Cause.None ? LookAtProgress() : LookAtObedience();
        Watch();
        return finding;
    }

    private Finding LookAtProgress()
    {
        if (Elapsed >= _readyBy)
        {
            Condemn(Cause.NotReady);
            return Finding.NotReady;
        }

        if (_loop.Silence >= _options.HangTimeout)
        {
            Silence = _loop.Silence;
            Condemn(Cause.Hung);
            return Finding.Hung;
        }

        if (Elapsed >= _recoversAt)
        {
            _recoversAt = null;
            return Finding.Recovered;
        }

        return Finding.Nothing;
    }

    private void Condemn(Cause cause)
    {
        Cause = cause;
        _obeysBy = Elapsed + _options.StopTimeout;
        Watch();
    }

    private Finding LookAtObedience()
    {
        if (IsDisobedient || Elapsed < _obeysBy)
        {
            return Finding.Nothing;
        }

        IsDisobedient = true;
        return Finding.Disobedient;
    }

    /// <summary>Sets the timer to the nearest deadline; a run without one has no timer.</summary>
    private void Watch()
    {
        if (NearestDeadline() is not { } due)
        {
            return;
        }

        // Rounded up: a timer cuts fractions of a millisecond off and would come too early. Never zero: a fake clock fires such a timer in this very call.
        var delay = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds)));
        if (_timer is null)
        {
            _timer = _clock.CreateTimer(static state => ((TaskLoop)state!).Inspect(), _loop, delay, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan? NearestDeadline()
    {
        if (Cause != Cause.None)
        {
            return IsDisobedient ? null : _obeysBy - Elapsed;
        }

        var nearest = Earlier(_readyBy - Elapsed, _recoversAt - Elapsed);
        return Earlier(nearest, _options.HangTimeout - _loop.Silence);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) =>
        one is null || other < one ? other : one;
}

/// <summary>Why a run was cancelled.</summary>
internal enum Cause
{
    None,
    NotReady,
    Hung,
    Restart,
    Stop,
}

/// <summary>What the watch over a run has found.</summary>
internal enum Finding
{
    Nothing,
    NotReady,
    Hung,
    Recovered,
    Disobedient,
}
