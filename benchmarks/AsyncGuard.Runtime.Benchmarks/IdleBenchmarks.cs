using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks;

/// <summary>What loops cost that only wait: 10 000 of them, started and stopped again, against as many bare tasks in the same run.</summary>
[MemoryDiagnoser]
[InProcess]
public class IdleBenchmarks
{
    [Params(10_000)]
    public int Loops { get; set; }

    [Benchmark(Baseline = true)]
    public async Task BareTasks()
    {
        using var stop = new CancellationTokenSource();
        var tasks = new Task[Loops];
        for (var loop = 0; loop < Loops; loop++)
        {
            tasks[loop] = Task.Run(() => WaitAsync(stop.Token));
        }

        await stop.CancelAsync();
        await Task.WhenAll(tasks).ContinueWith(static all => all.IsCanceled, TaskScheduler.Default);
    }

    [Benchmark]
    public async Task SupervisedLoops()
    {
        await using var supervisor = new Supervisor();
        for (var loop = 0; loop < Loops; loop++)
        {
            supervisor.Loop($"loop {loop}", WaitAsync);
        }
    }

    /// <summary>What waiting loops take of the processor and of the heap, as lines to read: no benchmark, since nothing runs.</summary>
    public static async Task ShowIdleAsync(int loops)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        await using var supervisor = new Supervisor();
        for (var loop = 0; loop < loops; loop++)
        {
            supervisor.Loop($"loop {loop}", WaitAsync);
        }

        while (supervisor.Tasks.Any(static task => task.State != TaskState.Running))
        {
            await Task.Delay(100);
        }

        heap = GC.GetTotalMemory(forceFullCollection: true) - heap;
        var before = Environment.CpuUsage.TotalTime;
        await Task.Delay(TimeSpan.FromSeconds(10));
        var took = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(FormattableString.Invariant($"{loops} idle loops: {took.TotalMilliseconds:0} ms of processor time in 10 s, {heap / loops} bytes of heap each"));
    }

    private static Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
