using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What is reported and mended. What is complete and therefore silent stands in <see cref="CompletionTests"/>.</summary>
public sealed class BlockingInAsyncTests : RuleTests<BlockingInAsyncAnalyzer, BlockingInAsyncFix>
{
    [Fact]
    public Task Awaits_a_result() => FixesAsync(
        "async Task<int> SumAsync(Task<int> t) { await Task.Yield(); return t.[|Result|]; }",
        "async Task<int> SumAsync(Task<int> t) { await Task.Yield(); return await t; }");

    [Fact]
    public Task Puts_parentheses_where_more_follows() => FixesAsync(
        "async Task<int> LengthAsync(Task<string> t, Task<string> u) { await Task.Yield(); return t.[|Result|].Length + u.[|Result|][0]; }",
        "async Task<int> LengthAsync(Task<string> t, Task<string> u) { await Task.Yield(); return (await t).Length + (await u)[0]; }");

    [Fact]
    public Task Awaits_a_wait() => FixesAsync(
        "async Task RunAsync(Task t) { t.[|Wait|](); await Task.Yield(); }",
        "async Task RunAsync(Task t) { await t; await Task.Yield(); }");

    [Theory]
    [InlineData("t.[|Wait|](TimeSpan.FromSeconds(1));", "await await Task.WhenAny(t, Task.Delay(TimeSpan.FromSeconds(1)));")]
    [InlineData("t.[|Wait|](1000); // a second", "await await Task.WhenAny(t, Task.Delay(1000)); // a second")]
    [InlineData("t.[|Wait|](1000, c);", "await await Task.WhenAny(t, Task.Delay(1000, c));")]
    [InlineData("t.[|Wait|](cancellationToken: c, millisecondsTimeout: 1000);", "await await Task.WhenAny(t, Task.Delay(1000, c));")]
    [InlineData("t.[|Wait|](-1);", "await t;")]
    [InlineData("t.[|Wait|](Timeout.InfiniteTimeSpan);", "await t;")]
    [InlineData("t.[|Wait|](Timeout.Infinite, c);", "await t.WaitAsync(c);")]
    [InlineData("Task.[|WaitAll|](all, 1000);", "await await Task.WhenAny(Task.WhenAll(all), Task.Delay(1000));")]
    [InlineData("Task.[|WaitAll|](all, TimeSpan.FromSeconds(1));", "await await Task.WhenAny(Task.WhenAll(all), Task.Delay(TimeSpan.FromSeconds(1)));")]
    [InlineData("Task.[|WaitAll|](all, 1000, c);", "await await Task.WhenAny(Task.WhenAll(all), Task.Delay(1000, c));")]
    [InlineData("Task.[|WaitAll|](all, Timeout.Infinite);", "await Task.WhenAll(all);")]
    [InlineData("Task.[|WaitAny|](all, 1000);", "await await Task.WhenAny(Task.WhenAny(all), Task.Delay(1000));")]
    [InlineData("Task.[|WaitAny|](all, c);", "await Task.WhenAny(all).WaitAsync(c);")]
    public Task Goes_on_where_the_time_of_a_wait_runs_out(string wait, string awaited) => FixesAsync(Bounded(wait), Bounded(awaited));

    [Fact]
    public async Task Leaves_nothing_to_report_of_a_wait_that_a_time_ends()
    {
        var example = Example.OfCode(Snippet.InClass("async Task M() { await await Task.WhenAny(SaveAsync(), Task.Delay(9)); }\nstatic Task SaveAsync() => System.IO.File.WriteAllTextAsync(\"x\", \"y\");"));
        Assert.Empty(example.Errors);
        Assert.Empty(await example.FindingsAsync([.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()]));
    }

    private static string Bounded(string wait) =>
        $$"""
        async Task RunAsync(Task t, Task<int>[] all, CancellationToken c)
        {
            await Task.Yield();
            {{wait}}
        }
        """;

    [Theory]
    [InlineData("var done = t.[|Wait|](1000); GC.KeepAlive(done);")]
    [InlineData("_ = t.[|Wait|](1000);")]
    [InlineData("if (Task.[|WaitAll|](all, 1000, c)) { return; }")]
    public Task Is_not_fixed_where_somebody_asks_whether_the_time_ran_out(string wait) => NotFixedAsync(Bounded(wait));

    [Fact]
    public Task Keeps_the_token_of_a_wait() => FixesAsync(
        "async Task RunAsync(Task t, CancellationToken c) { t.[|Wait|](c); await Task.Yield(); }",
        "async Task RunAsync(Task t, CancellationToken c) { await t.WaitAsync(c); await Task.Yield(); }");

    [Fact]
    public Task Awaits_what_an_awaiter_blocks_on() => FixesAsync(
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return t.GetAwaiter().[|GetResult|](); }",
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return await t; }");

    [Fact]
    public Task Keeps_ConfigureAwait() => FixesAsync(
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return t.ConfigureAwait(false).GetAwaiter().[|GetResult|](); }",
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return await t.ConfigureAwait(false); }");

    [Fact]
    public Task Awaits_a_ValueTask() => FixesAsync(
        "async Task<int> RunAsync(ValueTask<int> t) { await Task.Yield(); return t.[|Result|]; }",
        "async Task<int> RunAsync(ValueTask<int> t) { await Task.Yield(); return await t; }");

    [Fact]
    public Task Awaits_a_ValueTask_s_task() => FixesAsync(
        "async Task<int> RunAsync(ValueTask<int> t) { await Task.Yield(); return t.AsTask().[|Result|]; }",
        "async Task<int> RunAsync(ValueTask<int> t) { await Task.Yield(); return await t.AsTask(); }");

    [Fact]
    public Task Awaits_a_call() => FixesAsync(
        "async Task RunAsync() { var text = System.IO.File.ReadAllTextAsync(\"x\").[|Result|]; await Task.Yield(); GC.KeepAlive(text); }",
        "async Task RunAsync() { var text = await System.IO.File.ReadAllTextAsync(\"x\"); await Task.Yield(); GC.KeepAlive(text); }");

    [Fact]
    public Task Awaits_what_a_wrapper_runs() => FixesAsync(
        "async Task<int> M(Func<Task<int>> load) { await Task.Yield(); return [|RunSync|](() => load()); }\nstatic T RunSync<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();",
        "async Task<int> M(Func<Task<int>> load) { await Task.Yield(); return await load(); }\nstatic T RunSync<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();");

    [Fact]
    public Task Awaits_what_a_wrapper_only_waits_for() => FixesAsync(
        "async Task<int> M(Task<int> t) { await Task.Yield(); return [|Now|](t); }\nstatic T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();",
        "async Task<int> M(Task<int> t) { await Task.Yield(); return await t; }\nstatic T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();");

    [Theory]
    [InlineData("static int Next(Task<int> task) => task.Result + 1;")]
    [InlineData("static int Next(Task<int> task) { Console.Beep(); return task.Result; }")]
    public Task Is_not_fixed_where_the_wrapper_does_more(string wrapper) => NotFixedAsync("async Task<int> M(Task<int> t) { await Task.Yield(); return [|Next|](t); }\n" + wrapper);

    [Fact]
    public Task Awaits_all() => FixesAsync(
        "async Task RunAsync(Task a, Task b) { Task.[|WaitAll|](a, b); await Task.Yield(); }",
        "async Task RunAsync(Task a, Task b) { await Task.WhenAll(a, b); await Task.Yield(); }");

    [Fact]
    public Task Awaits_any() => FixesAsync(
        "async Task RunAsync(Task a, Task b) { Task.[|WaitAny|](a, b); await Task.Yield(); }",
        "async Task RunAsync(Task a, Task b) { await Task.WhenAny(a, b); await Task.Yield(); }");

    [Fact]
    public Task Fixes_an_async_lambda() => FixesAsync(
        "Func<Task<int>, Task<int>> F() => async t => { await Task.Yield(); return t.[|Result|]; };",
        "Func<Task<int>, Task<int>> F() => async t => { await Task.Yield(); return await t; };");

    [Fact]
    public Task Fixes_an_async_local_function() => FixesAsync(
        "int M(Task<int> t) { return N().IsCompleted ? 1 : 2; async Task<int> N() { await Task.Yield(); return t.[|Result|]; } }",
        "int M(Task<int> t) { return N().IsCompleted ? 1 : 2; async Task<int> N() { await Task.Yield(); return await t; } }");

    [Fact]
    public Task Fixes_an_expression_body() => FixesAsync(
        "async Task<int> RunAsync(Task<int> t) => t.[|Result|] + await t;",
        "async Task<int> RunAsync(Task<int> t) => await t + await t;");

    [Fact]
    public Task Keeps_comments() => FixesAsync(
        """
        async Task RunAsync(Task t)
        {
            // first
            t.[|Wait|](); // then
            await Task.Yield();
        }
        """,
        """
        async Task RunAsync(Task t)
        {
            // first
            await t; // then
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Leaves_what_deadlocks_to_another_rule() => SilentAsync("async Task<int> RunAsync(Task<int> t) { await Task.Yield(); lock (this) { return t.Result; } }");

    [Fact]
    public Task Leaves_parallel_loops_to_another_rule() => SilentAsync("async Task RunAsync(Task<int>[] all) { await Task.Yield(); Parallel.ForEach(all, t => GC.KeepAlive(t.Result)); }");

    [Fact]
    public Task Is_not_fixed_where_an_await_cannot_stand() => NotFixedAsync(
        "async Task RunAsync(Task<int> t) { await Task.Yield(); try { GC.KeepAlive(t); } catch (InvalidOperationException) when (t.[|Result|] > 1) { } }");

    [Fact]
    public Task Is_not_fixed_where_the_outcome_of_a_bounded_wait_is_used() => NotFixedAsync("async Task<bool> RunAsync(Task t) { await Task.Yield(); return t.[|Wait|](1000); }");

    [Fact]
    public Task Is_not_fixed_where_the_winner_s_index_is_used() => NotFixedAsync("async Task<int> RunAsync(Task a, Task b) { await Task.Yield(); return Task.[|WaitAny|](a, b); }");

    [Fact]
    public Task Awaits_a_task_that_may_be_missing() => FixesAsync(
        "async Task<int?> RunAsync(Task<int>? t) { await Task.Yield(); return t?.[|Result|]; }",
        "async Task<int?> RunAsync(Task<int>? t) { await Task.Yield(); return t is null ? (int?)null : await t; }");

    [Fact]
    public Task Awaits_a_task_that_may_be_missing_within_an_expression() => FixesAsync(
        "async Task<string> RunAsync(Task<string?>? t) { await Task.Yield(); return t?.[|Result|] ?? \"\"; }",
        "async Task<string> RunAsync(Task<string?>? t) { await Task.Yield(); return (t is null ? null : await t) ?? \"\"; }");

    [Fact]
    public Task Waits_for_a_task_that_may_be_missing() => FixesAsync(
        """
        async Task RunAsync(Task? t)
        {
            // all of it
            t?.[|Wait|](); // done
            await Task.Yield();
        }
        """,
        """
        async Task RunAsync(Task? t)
        {
            // all of it
            if (t != null)
            {
                await t;
            } // done
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Is_not_fixed_where_a_missing_task_is_made_twice() => NotFixedAsync("async Task<int?> RunAsync(Func<Task<int>?> make) { await Task.Yield(); return make()?.[|Result|]; }");

    [Fact]
    public Task Is_not_fixed_where_more_follows_the_question_mark() => NotFixedAsync("async Task<int?> RunAsync(Task<string>? t) { await Task.Yield(); return t?.[|Result|].Length; }");

    [Fact]
    public Task Awaits_an_awaiter_in_a_local() => FixesAsync(
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); var a = t.GetAwaiter(); return a.[|GetResult|](); }",
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); var a = t; return await a; }");

    [Fact]
    public Task Is_not_fixed_where_an_awaiter_is_used_for_more() => NotFixedAsync(
        "async Task<int> RunAsync(Task<int> t) { await Task.Yield(); var a = t.GetAwaiter(); a.OnCompleted(() => { }); return a.[|GetResult|](); }");

    [Theory]
    [InlineData("gives another type", "static object Sync(Func<Task<int>> work) => work().{|#0:Result|};", "object o = [|Sync|](() => Task.FromResult(1).ContinueWith(t => t.Result));")]
    [InlineData("gives something else", "static string Sync(Func<Task<int>> work) { var n = work().Result; return n.ToString(); }", "GC.KeepAlive([|Sync|](() => Task.FromResult(1).ContinueWith(t => t.Result)));")]
    [InlineData("is given a block", "static int Sync(Func<Task<int>> work) => work().Result;", "GC.KeepAlive([|Sync|](() => { Console.WriteLine(); return Task.FromResult(1).ContinueWith(t => t.Result); }));")]
    public Task Is_not_fixed_where_the_blocking_function(string reason, string function, string use)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync($"async Task RunAsync() {{ await Task.Yield(); {use} }}\n{function.Replace("{|#0:Result|}", "Result", StringComparison.Ordinal)}");
    }

    [Fact]
    public Task Awaits_all_within_a_bound() => FixesAsync(
        "async Task RunAsync(Task[] all, CancellationToken c) { Task.[|WaitAll|](all, c); await Task.Yield(); }",
        "async Task RunAsync(Task[] all, CancellationToken c) { await Task.WhenAll(all).WaitAsync(c); await Task.Yield(); }");

    [Theory]
    [InlineData("Sync(() => OtherAsync(1))", "await OtherAsync(1)")]
    [InlineData("Sync(async () => await OtherAsync(1))", "await OtherAsync(1)")]
    [InlineData("Sync(SomeAsync)", "await SomeAsync()")]
    [InlineData("Sync(make)", "await make()")]
    [InlineData("Of(t)", "await t")]
    public Task Awaits_what_a_blocking_function_is_given(string call, string repaired)
    {
        var name = call[..call.IndexOf('(', StringComparison.Ordinal)];
        return FixesAsync(Code($"[|{name}|]{call[name.Length..]}"), Code(repaired));

        static string Code(string use) =>
            $$"""
            async Task<int> RunAsync(Task<int> t, Func<Task<int>> make) { await Task.Yield(); return {{use}} + 1; }
            static T Sync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
            static int Of(Task<int> work) => work.Result;
            static async Task<int> OtherAsync(int n) { await Task.Yield(); return n; }
            static Task<int> SomeAsync() => OtherAsync(2);
            """;
    }

    [Theory]
    [InlineData("[|Sync|](async () => { await Task.Yield(); return 1; })")]
    [InlineData("[|More|](t)")]
    [InlineData("[|Both|](t, 2)")]
    public Task Is_not_fixed_where_a_blocking_function_does_more(string call) => NotFixedAsync(
        $$"""
        async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return (int){{call}}; }
        static T Sync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
        static long More(Task<int> work) => work.Result + 1L;
        static int Both(Task<int> work, int n) => work.Result + n;
        """);

    [Theory]
    [InlineData("void Quiet(Task work) { try { work.Wait(); } catch (Exception) { } }")]
    [InlineData("void Quiet(Task work) { try { try { work.Wait(); } finally { GC.Collect(); } } catch (Exception) { } }")]
    [InlineData("void Quiet(Task work) { try { Inner(work); } catch (AggregateException) { } } static void Inner(Task work) => work.Wait();")]
    [InlineData("void Quiet(Task work) { try { work.Wait(); } catch (AggregateException) { throw; } catch (Exception) { } }")]
    [InlineData("void Quiet(Func<Task> work) { try { work().Wait(); } catch (Exception) { } }")]
    public Task Is_not_fixed_where_a_blocking_function_catches(string function) => NotFixedAsync(Caught(function, "[|Quiet|](OtherAsync)"));

    [Theory]
    [InlineData("void Quiet(Func<Task> work) { try { work().Wait(); } catch (AggregateException e) { throw e.InnerException; } }")]
    [InlineData("void Quiet(Func<Task> work) { try { work().Wait(); } catch (AggregateException e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException).Throw(); throw; } }")]
    [InlineData("void Quiet(Func<Task> work) { try { work().Wait(); } catch (AggregateException e) { System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException); } }")]
    [InlineData("void Quiet(Func<Task> work) { try { GC.Collect(); } catch (Exception) { } work().Wait(); }")]
    [InlineData("void Quiet(Func<Task> work) { try { GC.Collect(); } catch (Exception) { work().Wait(); } }")]
    public Task Awaits_what_a_blocking_function_throws_on(string function) => FixesAsync(Caught(function, "[|Quiet|](OtherAsync)"), Caught(function, "await OtherAsync()"));

    private static string Caught(string function, string call) =>
        $$"""
        async Task RunAsync() { await Task.Yield(); {{(function.Contains("Func", StringComparison.Ordinal) || call.StartsWith("await", StringComparison.Ordinal) ? call : call.Replace("OtherAsync", "OtherAsync()", StringComparison.Ordinal))}}; }
        static {{function}}
        static async Task OtherAsync() => await Task.Yield();
        """;

    [Fact]
    public Task Shows_where_a_function_blocks() => ReportsEvidenceAsync(
        """
        async Task<int> RunAsync(Task<int> t) { await Task.Yield(); return {|#0:Outer|}(t); }
        static int Outer(Task<int> work) => Inner(work);
        static int Inner(Task<int> work) => {|#1:work.Result|};
        """);

    [Fact]
    public Task Is_silent_in_a_synchronous_method() => SilentAsync("int M(Task<int> t) => t.Result;");

    [Fact]
    public Task Is_silent_in_a_synchronous_lambda_of_an_async_method() => SilentAsync("async Task RunAsync(Task<int> t) { Func<int> f = () => t.Result; await Task.Yield(); GC.KeepAlive(f); }");

    [Fact]
    public Task Is_silent_in_a_synchronous_local_function_of_an_async_method() => SilentAsync("async Task RunAsync(Task<int> t) { await Task.Yield(); int F() => t.Result; GC.KeepAlive(F()); }");

    [Fact]
    public Task Is_silent_on_another_Result() => SilentAsync("class Answer { public int Result => 1; public void Wait() { } }\nasync Task RunAsync(Answer a) { a.Wait(); await Task.Yield(); GC.KeepAlive(a.Result); }");

    [Fact]
    public Task Is_silent_in_nameof() => SilentAsync("async Task<string> RunAsync(Task<int> t) { await Task.Yield(); return nameof(t.Result); }");

    [Fact]
    public Task Is_silent_on_a_wait_of_no_time() => SilentAsync("async Task<bool> RunAsync(Task t) { await Task.Yield(); return t.Wait(0) || t.Wait(TimeSpan.Zero); }");

    private static Task ReportsEvidenceAsync(string members)
    {
        var test = new Microsoft.CodeAnalysis.CSharp.Testing.CSharpAnalyzerTest<BlockingInAsyncAnalyzer, Microsoft.CodeAnalysis.Testing.DefaultVerifier>();
        test.Show(members, []);
        test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult(new BlockingInAsyncAnalyzer().SupportedDiagnostics[0]).WithLocation(0).WithLocation(1).WithArguments("Outer"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Is_silent_in_expression_trees() => SilentAsync("async Task RunAsync(Action<System.Linq.Expressions.Expression<Func<Task<int>, int>>> use) { use(t => t.Result); await Task.Yield(); }");

    [Theory]
    [InlineData("Assert.True(t.Wait(100));")]
    [InlineData("Assert.False(t.Wait(TimeSpan.FromSeconds(1)));")]
    [InlineData("Assert.True(!t.Wait(100));")]
    public Task Is_silent_where_a_test_asks_whether_a_task_ends_in_time(string ask) => SilentAsync(Asked(ask));

    [Theory]
    [InlineData("Assert.Equal(1, t.[|Result|]);")]
    [InlineData("Check(t.[|Wait|](100));")]
    [InlineData("Assert.True([|Sync|](() => FlagAsync(t)));")]
    [InlineData("var ended = t.[|Wait|](100); Assert.True(ended);")]
    public Task Reports_where_a_test_only_waits(string ask) => ReportsAsync(Asked(ask));

    private static string Asked(string ask) => $$"""
        static class Assert { public static void True(bool b) { } public static void False(bool b) { } public static void Equal(int a, int b) { } }
        static void Check(bool b) { }
        static T Sync<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();
        static async Task<bool> FlagAsync(Task t) { await t; return true; }
        async Task M(Task<int> t) { await Task.Yield(); {{ask}} }
        """;

    [Theory]
    [InlineData("text.[|Result|]?.Length", "(await text)?.Length")]
    [InlineData("text.[|Result|]!", "(await text)!")]
    [InlineData("text.[|Result|] switch { _ => 1 }", "(await text) switch { _ => 1 }")]
    [InlineData("pair.[|Result|] with { A = 1 }", "(await pair) with { A = 1 }")]
    [InlineData("list[text.[|Result|].Length]", "list[(await text).Length]")]
    [InlineData("all[number.[|Result|]]", "all[await number]")]
    [InlineData("Of(number.[|Result|])", "Of(await number)")]
    [InlineData("number.[|Result|] switch { var n => Of(n) }", "(await number) switch { var n => Of(n) }")]
    [InlineData("b switch { _ => number.[|Result|] }", "b switch { _ => await number }")]
    [InlineData("new Pair(kept.[|Result|], 2) with { B = number.[|Result|] }", "new Pair(await kept, 2) with { B = await number }")]
    [InlineData("list?[number.[|Result|]]", "list?[await number]")]
    [InlineData("-number.[|Result|]", "-await number")]
    [InlineData("[|Run|](() => b ? number : Task.FromResult(1))", "await (b ? number : Task.FromResult(1))")]
    [InlineData("[|Run|](() => b switch { true => number, _ => Task.FromResult(1) })", "await (b switch { true => number, _ => Task.FromResult(1) })")]
    [InlineData("[|Run|](() => kept ?? number)", "await (kept ?? number)")]
    [InlineData("[|Run|](() => _kept = number)", "await (_kept = number)")]
    public Task Puts_parentheses_where_they_are_needed(string blocking, string awaited) => FixesAsync(WithValues(blocking), WithValues(awaited));

    [Fact]
    public Task Awaits_what_a_query_joins() => FixesAsync(
        WithValues("from n in all join m in more.[|Result|] on n equals m select n"), WithValues("from n in all join m in await more on n equals m select n"));

    private static string WithValues(string value) =>
        $$"""
        using System.Linq;

        Task<int> _kept = Task.FromResult(1);
        record Pair(int A, int B);
        async Task M(Task<string> text, Task<int> number, Task<int[]> more, Task<Pair> pair, Task<int> kept, int[] all, int[] list, bool b)
        {
            await Task.Yield();
            GC.KeepAlive({{value}});
        }
        static int Of(int n) => n;
        static T Run<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();
        """;

    [Theory]
    [InlineData("System.Threading.Tasks.Task.Delay(1).Wait();")]
    [InlineData("System.Console.WriteLine(System.IO.File.ReadAllTextAsync(\"x\").Result); await System.Threading.Tasks.Task.Yield();", true)]
    public Task Takes_a_program_for_what_the_compiler_makes_of_it(string statements, bool isAsync = false) => ReportsAsync(
        "",
        Has.Source("Program.cs", isAsync ? statements.Replace("Result", "{|ASG4001:Result|}", StringComparison.Ordinal) : statements),
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
}
