using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where it is reported and where not.</summary>
public sealed class BlockingInParallelLoopTests : RuleTests<BlockingInParallelLoopAnalyzer>
{
    [Fact]
    public Task Says_what_happens_and_what_to_do() => SaysAsync(
        "'Wait' in 'Parallel.ForEach' holds a pool thread for each item until its task ends, which starves the pool; await the task in Parallel.ForEachAsync instead",
        "void M(int[] all) { Parallel.ForEach(all, n => Task.Delay(n).{|#0:Wait|}()); }");

    [Theory]
    [InlineData("Parallel.For(0, 9, n => SendAsync(n).[|Wait|]());")]
    [InlineData("Parallel.For(0, 9, (n, state) => { SendAsync(n).[|Wait|](); });")]
    [InlineData("Parallel.ForEach(all, n => { GC.KeepAlive(SendAsync(n).[|Result|]); });")]
    [InlineData("Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, n => SendAsync(n).GetAwaiter().[|GetResult|]());")]
    [InlineData("Parallel.ForEach(all, delegate (int n) { SendAsync(n).[|Wait|](); });")]
    [InlineData("Parallel.ForEach(all, n => { foreach (var m in all.Select(x => SendAsync(x).[|Result|])) { GC.KeepAlive(m); } });")]
    [InlineData("Parallel.Invoke(() => SendAsync(1).[|Wait|](), () => SendAsync(2).[|Wait|]());")]
    [InlineData("Parallel.ForEach(all, Send);")]
    [InlineData("Parallel.ForEach(all, Local); void Local(int n) => SendAsync(n).[|Wait|]();")]
    [InlineData("all.AsParallel().ForAll(n => SendAsync(n).[|Wait|]());")]
    [InlineData("GC.KeepAlive(all.AsParallel().Select(n => SendAsync(n).[|Result|]).ToList());")]
    [InlineData("GC.KeepAlive(all.AsParallel().WithDegreeOfParallelism(2).Where(n => SendAsync(n).[|Result|] > 1).Sum());")]
    [InlineData("Parallel.ForEach(all, n => [|Sync|](() => SendAsync(n)));")]
    public Task Reports(string body) => In(body);

    [Fact]
    public Task Reports_in_an_async_function_too() => ReportsAsync(
        "async Task M(int[] all) { await Task.Yield(); Parallel.ForEach(all, n => Task.Delay(n).[|Wait|]()); }");

    [Theory]
    [InlineData("Parallel.ForEach(all, n => GC.KeepAlive(n)); SendAsync(1).Wait();")]
    [InlineData("foreach (var n in all) { SendAsync(n).Wait(); }")]
    [InlineData("GC.KeepAlive(all.Select(n => SendAsync(n).Result).ToList());")]
    [InlineData("Parallel.ForEach(all, n => { Func<int> later = () => SendAsync(n).Result; GC.KeepAlive(later); });")]
    [InlineData("Parallel.ForEach(all, n => { Task.Run(() => SendAsync(n).Wait()); });")]
    [InlineData("Parallel.ForEach(all, n => { var t = SendAsync(n); if (t.IsCompleted) { GC.KeepAlive(t.Result); } });")]
    [InlineData("Parallel.ForEach(all, n => SendAsync(n).Wait(0));")]
    [InlineData("Parallel.ForEachAsync(all, async (n, token) => { await Task.Yield(); SendAsync(n).Wait(); });")]
    [InlineData("Parallel.ForEach(all, async n => { await Task.Yield(); SendAsync(n).Wait(); });")]
    [InlineData("Parallel.ForEach(all, n => { lock (all) { SendAsync(n).Wait(); } });")]
    [InlineData("Parallel.ForEach(SendAsync(1).Result.ToString(), c => GC.KeepAlive(c));")]
    public Task Is_silent(string body) => In(body, "GC.KeepAlive(n);");

    [Fact]
    public Task Is_silent_on_tasks_that_are_complete() => SilentAsync(
        """
        async Task M(Task<int>[] all)
        {
            await Task.WhenAll(all);
            Parallel.ForEach(all, t => GC.KeepAlive(t.Result));
        }
        """);

    private static Task In(string body, string send = "SendAsync(n).[|Wait|]();") => ReportsAsync(
        $$"""
        using System.Linq;

        void M(int[] all) { {{body}} }
        {{(body.Contains(" Send)", StringComparison.Ordinal) ? $"void Send(int n) {{ {send} }}" : "")}}
        static void Sync(Func<Task> work) => work().Wait();
        static Task<int> SendAsync(int n) => Task.Delay(n).ContinueWith(_ => 1);
        """);

    [Fact]
    public Task Names_a_parallel_query_s_operator() => SaysAsync(
        "'Wait' in 'AsParallel().ForAll' holds a pool thread for each item until its task ends, which starves the pool; await the task in Parallel.ForEachAsync instead",
        "using System.Linq;\nvoid M(int[] all) { all.AsParallel().ForAll(n => Task.Delay(n).{|#0:Wait|}()); }");

    [Fact]
    public Task Shows_a_loop_that_runs_the_function_elsewhere() => ShowsAsync(
        "void M(int[] all) { Parallel.ForEach(all, Send); }\nvoid Send(int n) => Task.Delay(n).Wait();", "Parallel.ForEach(all, Send)");

    [Fact]
    public Task Does_not_show_a_loop_around_the_place() => ShowsAsync("void M(int[] all) { Parallel.ForEach(all, n => Task.Delay(n).Wait()); }");
}
