using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks;

/// <summary>What one iteration costs that is begun, judged and counted: against the bare loop around the same body, in the same run.</summary>
[MemoryDiagnoser]
[InProcess]
public class LoopBenchmarks : IAsyncDisposable
{
    private const int Iterations = 10_000;

    private readonly Supervisor _supervisor = new();
    private readonly Func<Task> _work = static async () => await Task.Yield();

    [Benchmark(Baseline = true, OperationsPerInvoke = Iterations)]
    public Task BareLoop() => Task.Run(async () =>
    {
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            await _work();
        }
    });

    [Benchmark(OperationsPerInvoke = Iterations)]
    public async Task SupervisedLoop()
    {
        var left = Iterations;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = _supervisor.Loop("loop", async cancellationToken =>
        {
            if (--left < 0)
            {
                done.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            await _work();
        });
        await done.Task;
        await loop.StopAsync();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _supervisor.DisposeAsync();
    }
}
