using AsyncGuard.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["idle"])
{
    await IdleBenchmarks.ShowIdleAsync(10_000);
    return;
}

BenchmarkSwitcher.FromTypes([typeof(RunBenchmarks), typeof(BeatBenchmarks), typeof(LoopBenchmarks), typeof(IdleBenchmarks)]).Run(args);
