using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class BlockingWaitTests : RuleTests<BlockingWaitAnalyzer, BlockingWaitFix>
{
    [Fact]
    public Task Awaits_a_semaphore() => FixesAsync(
        """
        async Task RunAsync(SemaphoreSlim gate)
        {
            // one at a time
            gate.[|Wait|](); // please
            gate.Release();
            await Task.Yield();
        }
        """,
        """
        async Task RunAsync(SemaphoreSlim gate)
        {
            // one at a time
            await gate.WaitAsync(); // please
            gate.Release();
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Passes_the_token_at_hand() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { gate.[|Wait|](); await Task.Yield(); }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { await gate.WaitAsync(stop); await Task.Yield(); }");

    [Fact]
    public Task Keeps_the_token_it_had() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop, CancellationToken own) { gate.[|Wait|](own); await Task.Yield(); }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop, CancellationToken own) { await gate.WaitAsync(own); await Task.Yield(); }");

    [Fact]
    public Task Leaves_an_explicit_None_as_it_is() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { gate.[|Wait|](CancellationToken.None); await Task.Yield(); }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { await gate.WaitAsync(CancellationToken.None); await Task.Yield(); }");

    [Theory]
    [InlineData("gate?.[|Wait|]();", "if (gate != null) { await gate.WaitAsync(stop); }")]
    [InlineData("_own?._gate?.[|Wait|]();", "if (_own?._gate != null) { await _own._gate.WaitAsync(stop); }")]
    [InlineData("Find()?.[|Wait|]();", "await (Find()?.WaitAsync(stop) ?? Task.CompletedTask);")]
    [InlineData("Console.WriteLine(gate?.[|Wait|](1000) == true);", "Console.WriteLine((gate is null ? (bool?)null : await gate.WaitAsync(1000, stop)) == true);")]
    [InlineData("System.Diagnostics.Process.Start(\"x\")?.[|WaitForExit|]();", "await (System.Diagnostics.Process.Start(\"x\")?.WaitForExitAsync(stop) ?? Task.CompletedTask);")]
    public Task Awaits_what_may_be_missing(string waiting, string awaiting) => FixesAsync(Missing(waiting), Missing(awaiting).Replace(" { await", "\n    {\n        await", StringComparison.Ordinal).Replace("; }", ";\n    }", StringComparison.Ordinal));

    private static string Missing(string statement) => $$"""
        Subject _own; SemaphoreSlim _gate; SemaphoreSlim Find() => _gate;
        async Task RunAsync(SemaphoreSlim gate, CancellationToken stop)
        {
            {{statement}}
            await Task.Yield();
        }
        """;

    [Fact]
    public Task Keeps_the_bound_and_the_answer() => FixesAsync(
        "async Task<bool> RunAsync(SemaphoreSlim gate, CancellationToken stop) { await Task.Yield(); return !gate.[|Wait|](TimeSpan.FromSeconds(1)); }",
        "async Task<bool> RunAsync(SemaphoreSlim gate, CancellationToken stop) { await Task.Yield(); return !await gate.WaitAsync(TimeSpan.FromSeconds(1), stop); }");

    [Fact]
    public Task Passes_the_token_by_name_beside_a_named_argument() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { gate.[|Wait|](millisecondsTimeout: 5); await Task.Yield(); }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { await gate.WaitAsync(millisecondsTimeout: 5, cancellationToken: stop); await Task.Yield(); }");

    [Fact]
    public Task Passes_no_token_where_a_finally_would_release_what_was_not_got() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { try { gate.[|Wait|](); await Task.Yield(); } finally { gate.Release(); } }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { try { await gate.WaitAsync(); await Task.Yield(); } finally { gate.Release(); } }");

    [Fact]
    public Task Passes_no_token_to_a_clean_up() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { try { await Task.Yield(); } finally { gate.[|Wait|](); } }",
        "async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) { try { await Task.Yield(); } finally { await gate.WaitAsync(); } }");

    [Theory]
    [InlineData("try { gate.[|Wait|](); } finally { Console.WriteLine(); }", "try { await gate.WaitAsync(stop); } finally { Console.WriteLine(); }")]
    [InlineData("try { gate.[|Wait|](); } finally { gate.Release(); }", "try { await gate.WaitAsync(); } finally { gate.Release(); }")]
    [InlineData("try { await Task.Run(async () => { gate.[|Wait|](); await Task.Yield(); }); } finally { gate.Release(); }", "try { await Task.Run(async () => { await gate.WaitAsync(stop); await Task.Yield(); }); } finally { gate.Release(); }")]
    [InlineData("try { async Task In() { gate.[|Wait|](); await Task.Yield(); } await In(); } finally { gate.Release(); }", "try { async Task In() { await gate.WaitAsync(stop); await Task.Yield(); } await In(); } finally { gate.Release(); }")]
    public Task A_token_is_given_where_no_end_gives_back_what_was_not_got(string waiting, string awaiting) => FixesAsync(
        $"async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) {{ {waiting} await Task.Yield(); }}",
        $"async Task RunAsync(SemaphoreSlim gate, CancellationToken stop) {{ {awaiting} await Task.Yield(); }}");

    [Fact]
    public Task Awaits_a_process() => FixesAsync(
        "using System.Diagnostics;\nasync Task RunAsync(Process tool, CancellationToken stop) { tool.[|WaitForExit|](); await Task.Yield(); }",
        "using System.Diagnostics;\nasync Task RunAsync(Process tool, CancellationToken stop) { await tool.WaitForExitAsync(stop); await Task.Yield(); }");

    [Fact]
    public Task Fixes_two_in_one_function() => FixesAsync(
        "async Task RunAsync(SemaphoreSlim one, SemaphoreSlim two) { one.[|Wait|](); two.[|Wait|](); await Task.Yield(); }",
        "async Task RunAsync(SemaphoreSlim one, SemaphoreSlim two) { await one.WaitAsync(); await two.WaitAsync(); await Task.Yield(); }");

    [Fact]
    public Task Fixes_an_expression_bodied_lambda() => FixesAsync(
        "Func<Task> Run(SemaphoreSlim gate) => async () => gate.[|Wait|]();",
        "Func<Task> Run(SemaphoreSlim gate) => async () => await gate.WaitAsync();");

    [Fact]
    public Task Fixes_an_async_local_function() => FixesAsync(
        "void Run(SemaphoreSlim gate) { _ = RunAsync(); async Task RunAsync() { gate.[|Wait|](); await Task.Yield(); } }",
        "void Run(SemaphoreSlim gate) { _ = RunAsync(); async Task RunAsync() { await gate.WaitAsync(); await Task.Yield(); } }");

    [Fact]
    public Task Is_not_fixed_under_a_lock() => NotFixedAsync(
        "async Task RunAsync(SemaphoreSlim gate) { lock (this) { gate.[|Wait|](); } await Task.Yield(); }");

    [Fact]
    public Task Is_not_fixed_where_a_process_has_a_bound() => NotFixedAsync(
        "using System.Diagnostics;\nasync Task RunAsync(Process tool) { tool.[|WaitForExit|](1000); await Task.Yield(); }");

    [Theory]
    [InlineData("h.[|WaitOne|]();")]
    [InlineData("h.[|WaitOne|](1000);")]
    [InlineData("h.[|WaitOne|](1000, false);")]
    [InlineData("stop.WaitHandle.[|WaitOne|]();")]
    [InlineData("WaitHandle.[|WaitAll|](new[] { h });")]
    [InlineData("WaitHandle.[|WaitAny|](new[] { h }, 1000);")]
    [InlineData("WaitHandle.[|SignalAndWait|](h, h);")]
    [InlineData("new AutoResetEvent(false).[|WaitOne|]();")]
    [InlineData("new Mutex().[|WaitOne|]();")]
    [InlineData("m.[|Wait|]();")]
    [InlineData("m.[|Wait|](stop);")]
    [InlineData("c.[|Wait|]();")]
    [InlineData("b.[|SignalAndWait|]();")]
    [InlineData("q.[|Take|]();")]
    [InlineData("q.[|Take|](stop);")]
    [InlineData("q.[|TryTake|](out _, -1);")]
    [InlineData("q.[|TryTake|](out _, Timeout.Infinite, stop);")]
    [InlineData("q.[|TryTake|](out _, Timeout.InfiniteTimeSpan);")]
    [InlineData("foreach (var x in q.[|GetConsumingEnumerable|]()) { }")]
    [InlineData("t.[|Join|]();")]
    [InlineData("t.[|Join|](TimeSpan.FromSeconds(1));")]
    [InlineData("lock (m) { Monitor.[|Wait|](m); }")]
    public Task Is_reported_and_has_no_sibling(string statement) => NotFixedAsync(In(statement));

    [Theory]
    [InlineData("s.Wait(0);")]
    [InlineData("s.Wait(TimeSpan.Zero, stop);")]
    [InlineData("s.Wait(TimeSpan.FromSeconds(0));")]
    [InlineData("s.Wait(default(TimeSpan));")]
    [InlineData("h.WaitOne(0);")]
    [InlineData("h.WaitOne(TimeSpan.Zero, false);")]
    [InlineData("WaitHandle.WaitAny(new[] { h }, 0);")]
    [InlineData("m.Wait(0);")]
    [InlineData("c.Wait(0);")]
    [InlineData("t.Join(0);")]
    [InlineData("lock (m) { Monitor.Wait(m, 0); }")]
    [InlineData("const int No = 0; m.Wait(No);")]
    public Task Is_silent_on_a_wait_of_no_time(string statement) => SilentAsync(In(statement));

    [Theory]
    [InlineData("q.TryTake(out _);")]
    [InlineData("q.TryTake(out _, 1000);")]
    [InlineData("q.TryTake(out _, TimeSpan.MaxValue);")]
    [InlineData("GC.KeepAlive(q.GetConsumingEnumerable());")]
    [InlineData("GC.KeepAlive(string.Join(\",\", new[] { \"a\" }));")]
    [InlineData("GC.KeepAlive(System.Linq.Enumerable.Take(new[] { 1 }, 1));")]
    [InlineData("await s.WaitAsync();")]
    [InlineData("await Task.Run(() => m.Wait());")]
    [InlineData("GC.KeepAlive(nameof(m.Wait));")]
    [InlineData("System.Linq.Expressions.Expression<Action> e = () => m.Wait(); GC.KeepAlive(e);")]
    [InlineData("Own.Wait();")]
    public Task Is_silent_on_what_does_not_wait_here(string statement) => SilentAsync(In(statement) + "\nstatic class Own { public static void Wait() { } }");

    [Fact]
    public Task Is_silent_in_a_synchronous_function() => SilentAsync("void Run(SemaphoreSlim gate) => gate.Wait();");

    [Fact]
    public Task Is_silent_on_the_wait_for_the_rest_of_the_output() => SilentAsync(
        "using System.Diagnostics;\nasync Task RunAsync(Process tool) { await tool.WaitForExitAsync(); tool.WaitForExit(); }");

    [Fact]
    public Task Is_reported_where_another_process_was_awaited() => ReportsAsync(
        "using System.Diagnostics;\nasync Task RunAsync(Process tool, Process other) { await other.WaitForExitAsync(); tool.[|WaitForExit|](); }");

    [Fact]
    public Task Is_silent_where_Main_waits_for_the_program_s_end() => SilentAsync(
        "static async Task Main() { var end = new ManualResetEvent(false); await Task.Yield(); end.WaitOne(); }",
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Is_silent_where_a_test_waits_for_a_signal() => SilentAsync(
        "using Xunit;\n[Fact]\npublic async Task Signals() { var done = new ManualResetEventSlim(); await Task.Yield(); Assert.True(done.Wait(1000)); }",
        Has.Library(typeof(FactAttribute)), Has.Library(typeof(Assert)));

    [Fact]
    public Task Is_reported_in_Main_where_there_is_a_sibling() => ReportsAsync(
        "static async Task Main() { var gate = new SemaphoreSlim(1); await Task.Yield(); gate.[|Wait|](); }",
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Is_silent_where_the_loop_dies_anyway() => SilentAsync(
        """
        using System.Collections.Concurrent;
        void Start(BlockingCollection<string> q) => _ = RunAsync(q);
        async Task RunAsync(BlockingCollection<string> q)
        {
            foreach (var file in q.GetConsumingEnumerable())
            {
                await System.IO.File.ReadAllTextAsync(file);
            }
        }
        """);

    [Fact]
    public Task Is_reported_where_the_loop_is_guarded() => ReportsAsync(
        """
        using System.Collections.Concurrent;
        void Start(BlockingCollection<string> q) => _ = RunAsync(q);
        async Task RunAsync(BlockingCollection<string> q)
        {
            foreach (var file in q.[|GetConsumingEnumerable|]())
            {
                try { await System.IO.File.ReadAllTextAsync(file); } catch (Exception e) { Console.WriteLine(e); }
            }
        }
        """);

    [Fact]
    public Task Says_what_it_costs_and_what_to_do_instead() => SaysAsync(
        "'SemaphoreSlim.Wait' holds a pool thread until somebody else is ready, which starves the pool that this somebody may need; await WaitAsync instead",
        "async Task RunAsync(SemaphoreSlim gate) { gate.{|#0:Wait|}(); await Task.Yield(); }");

    [Fact]
    public Task Says_that_a_token_can_end_a_delay() => SaysAsync(
        "'WaitHandle.WaitOne' holds a pool thread until somebody else is ready, which starves the pool that this somebody may need; await Task.Delay with the token instead",
        "async Task RunAsync(CancellationToken stop) { stop.WaitHandle.{|#0:WaitOne|}(1000); await Task.Yield(); }");

    private static string In(string statement) =>
        $$"""
        using System.Collections.Concurrent;
        async Task RunAsync(SemaphoreSlim s, WaitHandle h, ManualResetEventSlim m, CountdownEvent c, Barrier b, BlockingCollection<int> q, Thread t, CancellationToken stop)
        {
            {{statement}}
            await Task.Yield();
        }
        """;

    [Fact]
    public Task Says_no_delay_of_another_handle() => SaysAsync(
        "'WaitHandle.WaitOne' holds a pool thread until somebody else is ready, which starves the pool that this somebody may need; await a TaskCompletionSource or SemaphoreSlim.WaitAsync instead",
        "async Task RunAsync(ManualResetEventSlim ready) { ready.WaitHandle.{|#0:WaitOne|}(); await Task.Yield(); }");

    [Theory]
    [InlineData("process.[|WaitForExit|](); await process.WaitForExitAsync();")]
    [InlineData("process.Start(); process.[|WaitForExit|](); await Task.Yield();")]
    [InlineData("await process.WaitForExitAsync(); other.[|WaitForExit|]();")]
    [InlineData("await process.WaitForExitAsync(); process.WaitForExit();")]
    public Task Goes_by_whether_the_process_has_ended(string body) => ReportsAsync(
        $"async Task RunAsync(System.Diagnostics.Process process, System.Diagnostics.Process other) {{ {body} }}");

    [Fact]
    public Task Reports_in_the_body_of_a_loop_that_dies_elsewhere() => ReportsAsync(
        "Task M(ManualResetEventSlim ready) { _ = Task.Run(async () => { while (true) { ready.[|Wait|](); await System.IO.File.ReadAllTextAsync(\"x\"); } }); return Task.CompletedTask; }");

    [Fact]
    public Task Reports_a_call_without_a_receiver() => ReportsAsync(
        "class Tool : System.Diagnostics.Process { public async Task RunAsync() { Start(); [|WaitForExit|](); await Task.Yield(); } }");

    [Theory]
    [InlineData("Assert.True(e.Wait(100));")]
    [InlineData("Assert.IsFalse(!e.Wait(TimeSpan.FromSeconds(1), stop));")]
    [InlineData("h.WaitOne(100).ShouldBeTrue();")]
    public Task Is_silent_on_a_bounded_wait_that_a_test_asserts(string statement) => AssertedAsync(statement);

    [Theory]
    [InlineData("Assert.Equal(1, e.[|Wait|](100) ? 1 : 2);")]
    [InlineData("Console.WriteLine(e.[|Wait|](100));")]
    public Task Reports_any_other_bounded_wait(string statement) => AssertedAsync(statement);

    private static Task AssertedAsync(string statement) => ReportsAsync(
        "async Task M(ManualResetEventSlim e, WaitHandle h, CancellationToken stop) { await Task.Yield(); " + statement + " }",
        Has.Source("Assert.cs", "static class Assert { public static void True(bool b) { } public static void IsFalse(bool b) { } public static void Equal(int a, int b) { } public static void ShouldBeTrue(this bool b) { } }"));
}
