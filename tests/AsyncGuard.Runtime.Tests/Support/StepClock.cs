using Microsoft.Extensions.Time.Testing;

namespace AsyncGuard.Support;

/// <summary>A fake clock that knows its armed timers: a test waits until the subject has armed its next one, then moves to it. The plain one jumps over due times and misses ticks.</summary>
internal sealed class StepClock : FakeTimeProvider
{
    private readonly object _lock = new();
    private int _fired;
    private readonly HashSet<StepTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    /// <summary>Completes when at least so many timers are armed at the same time.</summary>
    public Task ArmedAsync(int count = 1)
    {
        lock (_lock)
        {
            if (_armed.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Moves to the nearest due time and tells how many timers fired.</summary>
    public int Step()
    {
        var firedBefore = _fired;
        TimeSpan ahead;
        lock (_lock)
        {
            ahead = _armed.Min(timer => timer.Due) - GetUtcNow();
        }

        Advance(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero);
        return _fired - firedBefore;
    }

    /// <summary>Lets time pass from one due time to the next, each time once <paramref name="timers"/> timers are armed again.</summary>
    public async Task PassAsync(TimeSpan duration, int timers = 1)
    {
        var end = GetUtcNow() + duration;
        while (true)
        {
            await ArmedAsync(timers);
            if (NearestDue() is not { } due || due > end)
            {
                Advance(end - GetUtcNow());
                return;
            }

            Step();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StepTimer(this, callback, state);
        timer.Inner = base.CreateTimer(static timer => ((StepTimer)timer!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset? NearestDue()
    {
        lock (_lock)
        {
            return _armed.Count == 0 ? null : _armed.Min(timer => timer.Due);
        }
    }

    private void Arm(StepTimer timer)
    {
        lock (_lock)
        {
            if (timer.IsBeingArmed)
            {
                timer.IsBeingArmed = false;
                _armed.Add(timer);
                _waiters.RemoveAll(waiter => _armed.Count >= waiter.Count && waiter.Reached.TrySetResult());
            }
        }
    }

    private void Disarm(StepTimer timer, bool isBeingArmed = false)
    {
        lock (_lock)
        {
            timer.IsBeingArmed = isBeingArmed;
            _armed.Remove(timer);
        }
    }

    private sealed class StepTimer(StepClock clock, TimerCallback callback, object? state) : ITimer
    {
        public ITimer? Inner { get; set; }

        public DateTimeOffset Due { get; private set; }

        /// <summary>Between setting the inner timer and counting this one as armed; it may fire in between.</summary>
        public bool IsBeingArmed { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            DateTimeOffset now;
            do
            {
                clock.Disarm(this, isBeingArmed: dueTime != Timeout.InfiniteTimeSpan);
                now = clock.GetUtcNow();
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : now + dueTime;
                Inner!.Change(dueTime, period);
            }
            while (IsBeingArmed && now != clock.GetUtcNow());   // the clock was moved meanwhile: nobody knows from when the inner timer counts

            clock.Arm(this);
            return true;
        }

        public void Fire()
        {
            clock.Disarm(this);
            Interlocked.Increment(ref clock._fired);
            callback(state);
        }

        public void Dispose()
        {
            clock.Disarm(this);
            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
