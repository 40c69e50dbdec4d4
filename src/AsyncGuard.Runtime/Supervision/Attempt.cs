namespace AsyncGuard;

/// <summary>One run of a body, and one timer that watches it: is it ready in time, is it silent, does it obey, has it been well for long enough.</summary>
/// <remarks>All members but <see cref="Token"/> are guarded by the gate of the task loop. The loop, the timer and callers of Stop, Restart and MarkReady meet there.</remarks>
internal sealed class Attempt
{
    private readonly TaskCore _core;
    private readonly TaskWatch _watch;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly long _startedAt;
    private TimeSpan? _readyBy;
    private TimeSpan? _recoversAt;
    private TimeSpan? _obeysBy;
    private ITimer? _timer;

    public Attempt(TaskCore core, TaskWatch watch)
    {
        (_core, _watch, _startedAt) = (core, watch, core.Ground.Clock.GetTimestamp());
        _readyBy = core.Options.ReadyTimeout;
        _recoversAt = core.Streak.Length > 0 ? core.Options.Restart.ResetAfter : null;
        SetTimer();
    }

    public CancellationToken Token => _cancellation.Token;

    /// <summary>Why the run was cancelled.</summary>
    public Cause Cause { get; private set; }

    /// <summary>How long the task had been silent when it was found hanging.</summary>
    public TimeSpan Silence { get; private set; }

    /// <summary>The run did not end in time after it had been cancelled.</summary>
    public bool IsDisobedient { get; private set; }

    public bool HasEnded { get; private set; }

    public TimeSpan Elapsed => _core.Ground.Clock.GetElapsedTime(_startedAt);

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
    public void Interrupt() => Unawaited.Run(Cancellation.CancelAsync(_cancellation, _core.Name, _core.Ground.Logger));

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
        SetTimer();
        return finding;
    }

    private Finding LookAtProgress()
    {
        if (Elapsed >= _readyBy)
        {
            Condemn(Cause.NotReady);
            return Finding.NotReady;
        }

        if (_core.Silence >= _core.Options.HangTimeout)
        {
            Silence = _core.Silence;
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
        _obeysBy = Elapsed + _core.Options.StopTimeout;
        SetTimer();
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
    private void SetTimer()
    {
        if (NearestDeadline() is not { } due)
        {
            return;
        }

        // Rounded up: a timer cuts fractions of a millisecond off and would come too early. Never zero: a fake clock fires such a timer in this very call.
        var delay = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds)));
        if (_timer is null)
        {
            _timer = _core.Ground.Clock.CreateTimer(static watch => ((TaskWatch)watch!).Inspect(), _watch, delay, Timeout.InfiniteTimeSpan);
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
        return Earlier(nearest, _core.Options.HangTimeout - _core.Silence);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) =>
        one is null || other < one ? other : one;
}
