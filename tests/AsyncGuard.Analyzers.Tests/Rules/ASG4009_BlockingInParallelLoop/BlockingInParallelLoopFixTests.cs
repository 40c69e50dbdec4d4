using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What a parallel loop that blocks becomes.</summary>
public sealed class BlockingInParallelLoopFixTests : RuleTests<BlockingInParallelLoopAnalyzer, BlockingInParallelLoopFix>
{
    [Theory]
    [InlineData("Parallel.ForEach(all, n => SendAsync(n).[|Wait|]());", "await Parallel.ForEachAsync(all, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, (n) => { SendAsync(n).[|Wait|](); });", "await Parallel.ForEachAsync(all, async (n, _) => { await SendAsync(n); });")]
    [InlineData("Parallel.ForEach(all, (int n) => SendAsync(n).[|Wait|]());", "await Parallel.ForEachAsync(all, async (int n, CancellationToken _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, delegate (int n) { SendAsync(n).[|Wait|](); });", "await Parallel.ForEachAsync(all, async (int n, CancellationToken _) => { await SendAsync(n); });")]
    [InlineData("Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, n => SendAsync(n).GetAwaiter().[|GetResult|]());", "await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, n => [|Sync|](() => SendAsync(n)));", "await Parallel.ForEachAsync(all, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.For(0, 9, n => SendAsync(n).[|Wait|]());", "await Parallel.ForAsync(0, 9, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.For(0, 9, new ParallelOptions(), n => SendAsync(n).[|Wait|]());", "await Parallel.ForAsync(0, 9, new ParallelOptions(), async (n, _) => await SendAsync(n));")]
    [InlineData("all.AsParallel().ForAll(n => SendAsync(n).[|Wait|]());", "await Parallel.ForEachAsync(all, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, n => { _ = SendAsync(n).[|Result|]; });", "await Parallel.ForEachAsync(all, async (n, token) => { _ = await SendAsync(n); });")]
    [InlineData("Parallel.ForEach(all, n => SendAsync(int.TryParse(\"1\", out _) ? 1 : n).[|Wait|]());", "await Parallel.ForEachAsync(all, async (n, token) => await SendAsync(int.TryParse(\"1\", out _) ? 1 : n));")]
    [InlineData("Parallel.ForEach(all, n => SendAsync(n).ContinueWith(_ => 1).[|Wait|]());", "await Parallel.ForEachAsync(all, async (n, token) => await SendAsync(n).ContinueWith(_ => 1));")]
    public Task Awaits(string loop, string repaired) => FixesAsync(In(loop), In(repaired));

    [Fact]
    public Task Passes_the_loop_s_token_on() => FixesAsync(
        In("Parallel.ForEach(all, n => File.WriteAllTextAsync(\"x\", $\"{n}\").[|Wait|]());"),
        In("await Parallel.ForEachAsync(all, async (n, token) => await File.WriteAllTextAsync(\"x\", $\"{n}\", token));"));

    [Fact]
    public Task Awaits_everything_in_the_body_and_keeps_comments() => FixesAsync(
        In("""
        // to everybody
        Parallel.ForEach(all, n =>
        {
            var sent = SendAsync(n).[|Result|]; // first
            if (sent > SendAsync(SendAsync(n).[|Result|]).[|Result|])
            {
                return;
            }

            Task.[|WaitAll|](SendAsync(1), SendAsync(2));
        }); // done
        """),
        In("""
        // to everybody
        await Parallel.ForEachAsync(all, async (n, _) =>
        {
            var sent = await SendAsync(n); // first
            if (sent > await SendAsync(await SendAsync(n)))
            {
                return;
            }

            await Task.WhenAll(SendAsync(1), SendAsync(2));
        }); // done
        """));

    [Fact]
    public Task Makes_a_function_async_that_returns_a_task() => FixesAsync(
        """
        Task M(int[] all)
        {
            Parallel.ForEach(all, n => Task.Delay(n).[|Wait|]());
            return Task.CompletedTask;
        }
        """,
        """
        async Task M(int[] all)
        {
            await Parallel.ForEachAsync(all, async (n, token) => await Task.Delay(n, token));
        }
        """);

    [Theory]
    [InlineData("Parallel.ForEach(all, (n, state) => { SendAsync(n).[|Wait|](); });")]
    [InlineData("GC.KeepAlive(Parallel.ForEach(all, n => SendAsync(n).[|Wait|]()));")]
    [InlineData("Parallel.ForEach(all, () => 0, (n, state, sum) => sum + SendAsync(n).[|Result|], sum => { });")]
    [InlineData("Parallel.ForEach(all, n => { foreach (var m in all.Select(x => SendAsync(x).[|Result|])) { GC.KeepAlive(m); } });")]
    [InlineData("Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(all, true), n => SendAsync(n).[|Wait|]());")]
    [InlineData("Parallel.Invoke(() => SendAsync(1).[|Wait|](), () => SendAsync(2).[|Wait|]());")]
    [InlineData("GC.KeepAlive(all.AsParallel().Select(n => SendAsync(n).[|Result|]).ToList());")]
    public Task Is_not_fixed(string loop) => NotFixedAsync(In(loop));

    [Fact]
    public Task Is_not_fixed_where_callers_would_have_to_follow() => NotFixedAsync("void M(int[] all) { Parallel.ForEach(all, n => Task.Delay(n).[|Wait|]()); }");

    private static string In(string body) =>
        $$"""
        using System.IO;
        using System.Linq;

        async Task M(int[] all)
        {
            await Task.Yield();
            {{body.Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }

        static void Sync(Func<Task> work) => work().Wait();
        static Task<int> SendAsync(int n) => Task.Delay(n).ContinueWith(_ => 1);
        """;
}
