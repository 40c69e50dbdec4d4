using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks;

/// <summary>What it costs that fire-and-forget work is tracked: against the bare Task.Run that would lose it, in the same run. Bound: at most 200 B more than twice Task.Run, at most 2.5 µs.</summary>
[MemoryDiagnoser]
[InProcess]
public class RunBenchmarks : IAsyncDisposable
{
    private const int Works = 1_000;

    private readonly Supervisor _supervisor = new(new SupervisorOptions { MaxRunning = int.MaxValue });
    private readonly CountdownEvent _open = new(Works);
    private Func<CancellationToken, Task> _work = null!;
    private Func<Task> _bareWork = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _work = _ => End();
        _bareWork = End;

        Task End()
        {
            _open.Signal();
            return Task.CompletedTask;
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Works)]
    public void TaskRun()
    {
        _open.Reset();
        for (var work = 0; work < Works; work++)
        {
            _ = Task.Run(_bareWork);
        }

        _open.Wait();
    }

    [Benchmark(OperationsPerInvoke = Works)]
    public void SupervisorRun()
    {
        _open.Reset();
        for (var work = 0; work < Works; work++)
        {
            _supervisor.Run("work", _work);
        }

        _open.Wait();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _supervisor.DisposeAsync();
        _open.Dispose();
    }
}
