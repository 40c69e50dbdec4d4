using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks;

/// <summary>What a heartbeat costs: against the clock read that it is made of, in the same run. No allocation.</summary>
[MemoryDiagnoser]
[InProcess]
public class BeatBenchmarks : IAsyncDisposable
{
    private readonly Supervisor _supervisor = new();
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly SupervisedTask _task;

    public BeatBenchmarks() => _task = _supervisor.Loop("beating", static cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken), new() { HangTimeout = TimeSpan.FromHours(1) });

    [Benchmark(Baseline = true)]
    public long ClockRead() => _clock.GetTimestamp();

    [Benchmark]
    public void Beat() => _task.Beat();

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _supervisor.DisposeAsync();
    }
}
