using AsyncGuard.Rules;
using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>Every form in which code blocks on a task is seen, and nothing that only looks like one: asked through ASG4001, of code in async functions.</summary>
public sealed class BlockingCallsTests : RuleTests<BlockingInAsyncAnalyzer>
{
    [Fact]
    public Task A_result() => In("_ = t.[|Result|];");

    [Fact]
    public Task A_result_behind_a_question_mark() => In("_ = maybe?.[|Result|];");

    [Fact]
    public Task A_wait_behind_a_question_mark() => In("maybe?.[|Wait|]();");

    [Fact]
    public Task A_result_behind_two_question_marks() => In("_ = other?.Work?.[|Result|];");

    [Fact]
    public Task A_wait() => In("t.[|Wait|](); t = OtherAsync(); t.[|Wait|](c); t = OtherAsync(); _ = t.[|Wait|](1000);");

    [Fact]
    public Task A_wait_of_no_time_is_none() => In(
        "_ = t.Wait(0) || t.Wait(TimeSpan.Zero) || t.Wait(default(TimeSpan)) || t.Wait(TimeSpan.FromSeconds(0)) || Task.WaitAll(new Task[] { t }, 0) || t.Wait(0, c);");

    [Fact]
    public Task An_awaiter() => In("t.GetAwaiter().[|GetResult|]();");

    [Fact]
    public Task A_configured_awaiter() => In("t.ConfigureAwait(false).GetAwaiter().[|GetResult|](); v.ConfigureAwait(false).GetAwaiter().[|GetResult|]();");

    [Fact]
    public Task An_awaiter_in_a_local() => In("var a = t.GetAwaiter(); a.[|GetResult|]();");

    [Fact]
    public Task A_configured_awaiter_in_a_local() => In("var a = t.ConfigureAwait(false).GetAwaiter(); a.[|GetResult|]();");

    [Fact]
    public Task An_awaiter_in_a_field_is_its_owner_s_affair() => In("_awaiter.GetResult();");

    [Fact]
    public Task A_value_task() => In("_ = v.[|Result|]; v.GetAwaiter().[|GetResult|](); _ = v.AsTask().[|Result|]; v.AsTask().[|Wait|](); v.Preserve().GetAwaiter().[|GetResult|]();");

    [Fact]
    public Task All_and_any() => In("Task.[|WaitAll|](t, OtherAsync()); t = OtherAsync(); Task.[|WaitAny|](new Task[] { t }, c); Task.[|WaitAll|](all); Task<int>.[|WaitAny|](t);");

    [Fact]
    public Task A_race_is_over_with_one_complete() => In("await t; Task.WaitAny(t, OtherAsync());");

    [Fact]
    public Task All_is_over_with_all_complete() => In("await t; Task.WaitAll(t); Task.[|WaitAll|](t, OtherAsync());");

    [Fact]
    public Task A_name_is_no_call() => In("_ = nameof(t.Result) + nameof(t.Result.CompareTo) + nameof(Task.WaitAll);");

    [Fact]
    public Task Other_types_may_have_such_members() => In("_ = notATask.Result; notATask.Wait(); notATask.GetAwaiter().GetResult();");

    [Fact]
    public Task A_function_that_blocks_on_a_task_it_is_given() => In("Block([|Sync|](t), t.[|RunSync|]());", "static int Sync(Task<int> work) => work.GetAwaiter().GetResult();");

    [Fact]
    public Task A_function_that_blocks_on_what_a_delegate_makes() => In(
        "_ = [|Sync|](() => OtherAsync());",
        "static T Sync<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();");

    [Fact]
    public Task A_function_that_blocks_with_a_task_factory() => In(
        "_ = [|Sync|](() => OtherAsync());",
        """
        static readonly TaskFactory Factory = new(CancellationToken.None, TaskCreationOptions.None, TaskContinuationOptions.None, TaskScheduler.Default);
        static T Sync<T>(Func<Task<T>> work) => Factory.StartNew(work).Unwrap().GetAwaiter().GetResult();
        """);

    [Fact]
    public Task A_function_that_blocks_on_a_local_of_its_own() => In(
        "_ = [|Sync|](OtherAsync);",
        "static int Sync(Func<Task<int>> work) { var running = Task.Run(() => work()); running.Wait(); return running.Result; }");

    [Fact]
    public Task A_function_that_blocks_through_five_others() => In(
        "_ = [|A|](t);",
        "static int A(Task<int> t) => B(t); static int B(Task<int> t) => C(t); static int C(Task<int> t) => D(t); static int D(Task<int> t) => E(t); static int E(Task<int> t) => t.Result;");

    [Fact]
    public Task A_function_that_blocks_by_a_local_function() => In("_ = [|Sync|](t); int Sync(Task<int> work) => work.Result;");

    [Fact]
    public Task A_function_of_an_interface_whose_targets_are_known() => In(
        "_ = runner.[|Sync|](t);",
        "IRunner runner = new Runner(); interface IRunner { int Sync(Task<int> t); } sealed class Runner : IRunner { public int Sync(Task<int> t) => t.Result; }");

    [Fact]
    public Task A_function_that_only_looks_is_none() => In(
        "_ = Peek(t); Keep(t); _ = Later(t);",
        """
        static int Peek(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : 0;
        static void Keep(Task<int> t) { GC.KeepAlive(t); }
        static Func<int> Later(Task<int> t) => () => t.Result;
        """);

    [Fact]
    public Task A_function_that_blocks_on_something_else_is_none() => In("Log(t);", "void Log(Task<int> t) { OtherAsync().Wait(); GC.KeepAlive(t); }");

    [Fact]
    public Task A_function_that_waits_in_its_own_way_is_none() => In("await WaitAsync(t);", "static async Task WaitAsync(Task<int> t) { t.[|Wait|](); await t; }");

    [Fact]
    public Task Functions_that_call_each_other_end() => In("A(t); A(t);", "static void A(Task<int> t) => B(t); static void B(Task<int> t) => A(t);");

    [Fact]
    public Task A_local_made_of_itself_ends() => In("Sync(t);", "static void Sync(Task<int> t) { Task u = OtherAsync(); for (;;) { u = u.ContinueWith(_ => { }); u.Wait(); } }");

    [Theory]
    [InlineData("await t; _ = t?.Result;")]
    [InlineData("await t; _ = t is { Result: 1 };")]
    [InlineData("await t; _ = t switch { { Result: 1 } => 1, _ => 0 };")]
    [InlineData("await t; switch (t) { case { Result: 1 }: break; }")]
    [InlineData("await tt; _ = tt is { Result: { [|Result|]: 1 } };")]
    [InlineData("await tt; _ = tt switch { { Result: { [|Result|]: 1 } } => 1, _ => 0 };")]
    [InlineData("await tt; switch (tt) { case { Result: { [|Result|]: 1 } }: break; }")]
    [InlineData("var a = t.GetAwaiter(); await t; a.GetResult();")]
    public Task A_task_is_known_by_what_stands_before_it(string body) => In(body);

    [Theory]
    [InlineData("Own.WaitAll(t);", "static class Own { public static void WaitAll(Task t) => GC.KeepAlive(t); }")]
    [InlineData("Later(t);", "static async void Later(Task<int> t) { await Task.Yield(); t.[|Wait|](); }")]
    [InlineData("await HereAsync(t);", "static Task HereAsync(Task<int> t) { t.Wait(); return t; }")]
    [InlineData("_ = Peek(t);", "static int Peek(Task<int> t) { int Later() => t.Result; GC.KeepAlive((Func<int>)Later); return 0; }")]
    [InlineData("await t; _ = Second(OtherAsync(), t);", "static int Second(Task<int> seen, Task<int> work) { GC.KeepAlive(seen); return work.Result; }")]
    [InlineData("await t; _ = [|Second|](t, OtherAsync());", "static int Second(Task<int> seen, Task<int> work) { GC.KeepAlive(seen); return work.Result; }")]
    [InlineData("_ = runner.[|Sync|](t);", "IRunner runner = new Never(); interface IRunner { int Sync(Task<int> t); } sealed class Never : IRunner { public int Sync(Task<int> t) => 0; } sealed class Runner : IRunner { public int Sync(Task<int> t) => t.Result; }")]
    public Task A_function_blocks_or_not_by_what_it_does(string body, string members) => In(body, members);

    private static Task In(string body, string members = "") => ReportsAsync(
        $$"""
        {{members}}

        System.Runtime.CompilerServices.TaskAwaiter<int> _awaiter;
        async Task M(Task<int> t, Task<int>? maybe, ValueTask<int> v, Task<Task<int>> tt, Task[] all, CancellationToken c, NotATask notATask, Has? other)
        {
            await Task.Yield();
            {{body}}
        }

        static async Task<int> OtherAsync() { await Task.Yield(); return 1; }
        static void Block(int one, int two) => GC.KeepAlive(one + two);
        sealed class Has { public Task<int>? Work => null; }
        sealed class NotATask { public int Result => 1; public void Wait() { } public NotATask GetAwaiter() => this; public void GetResult() { } }
        """,
        Has.Source("Extensions.cs", "using System.Threading.Tasks; static class Extensions { public static int RunSync(this Task<int> task) { task.Wait(); return task.Result; } }"));
}
