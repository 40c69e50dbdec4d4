using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What a benchmark cleans up when it has measured is nobody's work; what it prepares and measures is.</summary>
public sealed class BenchmarkTests : RuleTests<UnobservedTaskAnalyzer>
{
    private static readonly Given BenchmarkDotNet = Has.Source("BenchmarkDotNet.cs", """
        namespace BenchmarkDotNet.Attributes
        {
            public class BenchmarkAttribute : System.Attribute { }
            public class GlobalSetupAttribute : System.Attribute { }
            public class GlobalCleanupAttribute : System.Attribute { }
            public class IterationCleanupAttribute : System.Attribute { }
        }
        """);

    [Theory]
    [InlineData("[GlobalCleanup] public void After() { _store?.CloseAsync(); _ = _store.SaveAsync(); }")]
    [InlineData("[IterationCleanup] public void After() => _store.SaveAsync();")]
    public Task Is_silent_in_a_clean_up(string member) => SilentAsync(InBenchmark(member), BenchmarkDotNet);

    [Theory]
    [InlineData("[GlobalSetup] public void Before() => [|_store.SaveAsync|]();")]
    [InlineData("[Benchmark] public void Save() { _ = [|_store.SaveAsync|](); }")]
    [InlineData("void Help() => [|_store.SaveAsync|]();")]
    public Task Reports_elsewhere(string member) => ReportsAsync(InBenchmark(member), BenchmarkDotNet);

    private static string InBenchmark(string member) => $$"""
        using BenchmarkDotNet.Attributes;

        interface IStore { Task SaveAsync(); ValueTask CloseAsync(); }

        class Saving(IStore store)
        {
            private readonly IStore _store = store;
            {{member}}
        }
        """;
}
