namespace AsyncGuard;

/// <summary>When a task runs again after it ran well.</summary>
internal abstract class Cadence
{
    public abstract string Kind { get; }

    /// <summary>The state between two runs.</summary>
    public abstract TaskState Between { get; }

    public virtual void Started()
    {
    }

    public abstract TimeSpan Pause(bool endedSynchronously);

    /// <summary>At once; only a run that never gave its thread back is followed by a breath, so that no loop is hot.</summary>
    public sealed class Continuous : Cadence
    {
        public override string Kind => "loop";

        public override TaskState Between => TaskState.Running;

        public override TimeSpan Pause(bool endedSynchronously) => endedSynchronously ? Backoff.Least : TimeSpan.Zero;
    }

    /// <summary>At a fixed rate: the n-th tick is due n periods after the first run began. However many ticks a long run misses, one run makes up for them.</summary>
    public sealed class Periodic(TimeSpan period, TimeProvider clock) : Cadence
    {
        private long? _firstStart;
        private long _servedTick;

        public override string Kind => "periodic";

        public override TaskState Between => TaskState.Waiting;

        private TimeSpan Age => clock.GetElapsedTime(_firstStart ?? clock.GetTimestamp());

        public override void Started()
        {
            if (_firstStart is null)
            {
                _firstStart = clock.GetTimestamp();
            }
            else
            {
                _servedTick = Math.Max(_servedTick, Age.Ticks / period.Ticks);
            }
        }

        public override TimeSpan Pause(bool endedSynchronously)
        {
            var age = Age.Ticks;
            var dueTick = _servedTick + 1;
            if (age / period.Ticks >= dueTick)
            {
                return endedSynchronously ? Backoff.Least : TimeSpan.Zero;
            }

            // Named served before it begins: a timer that is a little early must not earn the same tick a second run.
            _servedTick = dueTick;
            return TimeSpan.FromTicks((dueTick * period.Ticks) - age);
        }
    }
}
