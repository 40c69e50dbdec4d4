namespace AsyncGuard;

/// <summary>When a task last showed life.</summary>
/// <remarks>
/// Thread-safe: the task beats while its watch looks. With the machine's own clock it reads the tick count of the system, which costs a
/// third of a timestamp and is right to some 16 ms; limits on silence are seconds.
/// </remarks>
internal sealed class Pulse(TimeProvider clock)
{
#if NET
    private readonly bool _isSystem = ReferenceEquals(clock, TimeProvider.System);
    private long _at;

    public TimeSpan Silence => _isSystem ? TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _at)) : clock.GetElapsedTime(Volatile.Read(ref _at));

    public void Beat() => Volatile.Write(ref _at, _isSystem ? Environment.TickCount64 : clock.GetTimestamp());
#else
    private long _at;

    public TimeSpan Silence => clock.GetElapsedTime(Volatile.Read(ref _at));

    public void Beat() => Volatile.Write(ref _at, clock.GetTimestamp());
#endif
}
