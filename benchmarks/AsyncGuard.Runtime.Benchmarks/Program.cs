using AsyncGuard.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromTypes([typeof(RunBenchmarks), typeof(BeatBenchmarks)]).Run(args);
