using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class UnawaitedInnerTaskTests : RuleTests<UnawaitedInnerTaskAnalyzer, UnawaitedInnerTaskFix>
{
    private const string Send = "\nTask SendAsync(int id = 0) => Task.Delay(id);";

    [Fact]
    public Task Runs_what_was_started() => Run(
        "async Task M() { await [|Task.Factory.StartNew|](async () => { await SendAsync(); }); }",
        "async Task M() { await Task.Run(async () => { await SendAsync(); }); }");

    [Fact]
    public Task Unwraps_what_was_started() => Unwrap(
        "async Task M() { await [|Task.Factory.StartNew|](async () => { await SendAsync(); }); }",
        "async Task M() { await Task.Factory.StartNew(async () => { await SendAsync(); }).Unwrap(); }");

    [Fact]
    public Task Runs_with_the_token() => Run(
        "async Task M(CancellationToken stop) { await [|Task.Factory.StartNew|](async () => await SendAsync(), stop).ConfigureAwait(false); }",
        "async Task M(CancellationToken stop) { await Task.Run(async () => await SendAsync(), stop).ConfigureAwait(false); }");

    [Fact]
    public Task Runs_without_a_thread_of_its_own_that_the_first_await_gives_back() => Run(
        "async Task M(CancellationToken stop) { await [|Task.Factory.StartNew|](() => SendAsync(), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default); }",
        "async Task M(CancellationToken stop) { await Task.Run(() => SendAsync(), stop); }");

    [Fact]
    public Task Keeps_comments() => Run(
        """
        async Task M()
        {
            // first
            await [|Task.Factory.StartNew|](async () =>
            {
                await SendAsync(); // inner
            }, TaskCreationOptions.LongRunning); // last
        }
        """,
        """
        async Task M()
        {
            // first
            await Task.Run(async () =>
            {
                await SendAsync(); // inner
            }); // last
        }
        """);

    [Fact]
    public Task Unwraps_a_continuation() => FixesAsync(
        "async Task M() { await [|SendAsync().ContinueWith|](async t => { await SendAsync(t.Id); }); }" + Send,
        "async Task M() { await SendAsync().ContinueWith(async t => { await SendAsync(t.Id); }).Unwrap(); }" + Send);

    [Fact]
    public Task Unwraps_under_another_scheduler() => FixesAsync(
        "async Task M(TaskScheduler ui) { await [|Task.Factory.StartNew|](async () => { await SendAsync(); }, CancellationToken.None, TaskCreationOptions.None, ui); }" + Send,
        "async Task M(TaskScheduler ui) { await Task.Factory.StartNew(async () => { await SendAsync(); }, CancellationToken.None, TaskCreationOptions.None, ui).Unwrap(); }" + Send);

    [Fact]
    public Task Unwraps_a_child() => FixesAsync(
        "async Task M() { await [|Task.Factory.StartNew|](async () => { await SendAsync(); }, TaskCreationOptions.AttachedToParent); }" + Send,
        "async Task M() { await Task.Factory.StartNew(async () => { await SendAsync(); }, TaskCreationOptions.AttachedToParent).Unwrap(); }" + Send);

    [Fact]
    public Task Unwraps_work_with_a_state() => FixesAsync(
        "async Task M() { await [|Task.Factory.StartNew|](async s => { await SendAsync((int)s!); }, 1); }" + Send,
        "async Task M() { await Task.Factory.StartNew(async s => { await SendAsync((int)s!); }, 1).Unwrap(); }" + Send);

    [Fact]
    public Task Unwraps_what_a_wrapper_runs() => FixesAsync(
        "async Task M() { await [|OnUiAsync|](async () => { await SendAsync(); }); }\nTask<T> OnUiAsync<T>(Func<T> work) => Task.FromResult(work());" + Send,
        "async Task M() { await OnUiAsync(async () => { await SendAsync(); }).Unwrap(); }\nTask<T> OnUiAsync<T>(Func<T> work) => Task.FromResult(work());" + Send);

    [Fact]
    public Task Awaits_twice_what_cannot_be_unwrapped() => FixesAsync(
        "async Task M(Dispatcher ui) { await [|ui.InvokeAsync|](async () => { await SendAsync(); }); }" + Send + Dispatcher,
        "async Task M(Dispatcher ui) { await await ui.InvokeAsync(async () => { await SendAsync(); }); }" + Send + Dispatcher);

    [Fact]
    public Task Runs_both_of_two() => Run(
        "async Task M() { await [|Task.Factory.StartNew|](() => SendAsync(1)); await [|Task.Factory.StartNew|](() => SendAsync(2)); }",
        "async Task M() { await Task.Run(() => SendAsync(1)); await Task.Run(() => SendAsync(2)); }");

    [Fact]
    public Task Runs_what_is_returned() => Run("Task M() => [|Task.Factory.StartNew|](() => SendAsync());", "Task M() => Task.Run(() => SendAsync());");

    [Fact]
    public Task Runs_what_is_returned_by_a_lambda() => Run("Func<Task> M() => () => [|Task.Factory.StartNew|](() => SendAsync());", "Func<Task> M() => () => Task.Run(() => SendAsync());");

    [Fact]
    public Task Runs_what_is_waited_for() => Run("void M() { [|Task.Factory.StartNew|](() => SendAsync()).Wait(); }", "void M() { Task.Run(() => SendAsync()).Wait(); }");

    [Fact]
    public Task Runs_what_a_local_keeps() => Run(
        "async Task M() { var t = [|Task.Factory.StartNew|](() => SendAsync()); await t; }",
        "async Task M() { var t = Task.Run(() => SendAsync()); await t; }");

    [Fact]
    public Task Runs_what_a_local_keeps_as_a_task() => Run(
        "async Task M() { Task t = [|Task.Factory.StartNew|](() => SendAsync()); await Task.WhenAll(t, SendAsync()); }",
        "async Task M() { Task t = Task.Run(() => SendAsync()); await Task.WhenAll(t, SendAsync()); }");

    [Fact]
    public Task Runs_what_a_list_collects() => Run(
        "void M() { var all = new System.Collections.Generic.List<Task>(); all.Add([|Task.Factory.StartNew|](() => SendAsync())); Task.WaitAll(all.ToArray()); }",
        "void M() { var all = new System.Collections.Generic.List<Task>(); all.Add(Task.Run(() => SendAsync())); Task.WaitAll(all.ToArray()); }");

    [Fact]
    public Task Runs_what_a_field_keeps() => Run(
        "private Task? _work;\nvoid M() { _work = [|Task.Factory.StartNew|](() => SendAsync()); }\nasync Task StopAsync() { if (_work != null) { await _work; } }",
        "private Task? _work;\nvoid M() { _work = Task.Run(() => SendAsync()); }\nasync Task StopAsync() { if (_work != null) { await _work; } }");

    [Fact]
    public Task Runs_an_argument() => Run("void M() { Task.WaitAll([|Task.Factory.StartNew|](() => SendAsync()), SendAsync()); }", "void M() { Task.WaitAll(Task.Run(() => SendAsync()), SendAsync()); }");

    [Fact]
    public Task Is_not_fixed_where_the_inner_one_is_a_ValueTask() => NotFixedAsync("async Task M() { await [|Task.Factory.StartNew|](() => new ValueTask()); }");

    [Fact]
    public Task Reports_a_discarded_await() => ReportsAsync("async Task M() { _ = await [|Task.Factory.StartNew|](() => SendAsync()); }" + Send);

    [Fact]
    public Task Reports_a_blocking_wait() => ReportsAsync("void M() { [|Task.Factory.StartNew|](() => SendAsync()).GetAwaiter().GetResult(); _ = [|Task.Factory.StartNew|](() => SendAsync()).Result; }" + Send);

    [Fact]
    public Task Reports_work_that_handles_its_own_errors_because_nobody_waits_for_its_end() => ReportsAsync(
        "async Task M() { await [|Task.Factory.StartNew|](async () => { try { await SendAsync(); } catch { } }); }" + Send);

    [Fact]
    public Task Reports_an_inner_task_with_a_value() => ReportsAsync("async Task M() { await [|Task.Factory.StartNew|](async () => { await SendAsync(); return 1; }); }" + Send);

    [Fact]
    public Task Reports_a_choice() => ReportsAsync("async Task M(bool b) { await (b ? [|Task.Factory.StartNew|](() => SendAsync()) : Task.CompletedTask); }" + Send);

    [Fact]
    public Task Reports_top_level_statements_and_expression_bodies() => ReportsAsync("async Task M() => await [|Task.Factory.StartNew|](() => SendAsync());" + Send);

    [Fact]
    public Task Says_what_goes_on_unseen() => SaysAsync(
        "'StartNew' gives a task of a task and only the outer one is awaited, so the work runs on unseen and its exception is lost; use Task.Run, or Unwrap it",
        "async Task M() { await {|#0:Task.Factory.StartNew|}(async () => { await Task.Yield(); }); }");

    [Fact]
    public Task Is_silent_where_the_inner_one_is_awaited() => SilentAsync(
        "async Task M() { await await Task.Factory.StartNew(() => SendAsync()); await Task.Factory.StartNew(() => SendAsync()).Unwrap(); await (await Task.Factory.StartNew(() => SendAsync())); var t = await Task.Factory.StartNew(() => SendAsync()); await t; }" + Send);

    [Fact]
    public Task Is_silent_where_a_local_is_unwrapped_later() => SilentAsync("async Task M() { var t = Task.Factory.StartNew(() => SendAsync()); await t.Unwrap(); }" + Send);

    [Fact]
    public Task Is_silent_where_one_of_several_takes_the_inner_one() => SilentAsync("async Task M() { var t = Task.Factory.StartNew(() => SendAsync()); await t; await t.Result; }" + Send);

    [Fact]
    public Task Is_silent_where_it_is_returned_whole() => SilentAsync("Task<Task> M() => Task.Factory.StartNew(() => SendAsync());" + Send);

    [Fact]
    public Task Is_silent_where_it_is_passed_on_whole() => SilentAsync("void M() => Use(Task.Factory.StartNew(() => SendAsync()));\nvoid Use(Task<Task> t) => t.Unwrap().Wait();" + Send);

    [Fact]
    public Task Is_silent_where_all_of_it_is_dropped_which_is_another_rules_question() => SilentAsync(
        "void M() { Task.Factory.StartNew(() => SendAsync()); _ = Task.Factory.StartNew(() => SendAsync()); Task t = Task.Factory.StartNew(() => SendAsync()); }" + Send);

    [Fact]
    public Task Is_silent_where_nobody_looks_at_the_field_which_is_another_rules_question() => SilentAsync("private Task? _work;\nvoid M() { _work = Task.Factory.StartNew(() => SendAsync()); }" + Send);

    [Fact]
    public Task Is_silent_where_nobody_looks_at_the_list_which_is_another_rules_question() => SilentAsync(
        "private readonly System.Collections.Generic.List<Task> _all = new();\nvoid M() { _all.Add(Task.Factory.StartNew(() => SendAsync())); }" + Send);

    [Fact]
    public Task Is_silent_on_WhenAny() => SilentAsync("async Task M() { await Task.WhenAny(SendAsync(), Task.Delay(9)); }" + Send);

    [Fact]
    public Task Is_silent_on_Task_Run() => SilentAsync("async Task M() { await Task.Run(async () => { await SendAsync(); }); await Task.Run(() => SendAsync()); }" + Send);

    [Fact]
    public Task Is_silent_on_synchronous_work() => SilentAsync("async Task M() { await Task.Factory.StartNew(() => Console.Beep()); await Task.Factory.StartNew(() => 1); }" + Send);

    [Fact]
    public Task Is_silent_on_queries() => SilentAsync("using System.Linq;\nasync Task M(int[] ids) { await Task.WhenAll(ids.Select(id => SendAsync(id))); var lazy = new Lazy<Task>(() => SendAsync()); await lazy.Value; }" + Send);

    [Fact]
    public Task Is_silent_on_a_function_that_means_two_ends() => SilentAsync("async Task M() { await StartAsync(); }\nTask<Task> StartAsync() => Task.FromResult(SendAsync());" + Send);

    [Fact]
    public Task Is_silent_in_an_expression_tree() => SilentAsync("void M(System.Linq.Expressions.Expression<Func<Task>> e) { }\nvoid N() => M(() => Task.Factory.StartNew(() => SendAsync(1)));" + Send);

    [Fact]
    public Task Is_silent_on_code_that_does_not_bind() => SilentAsync("async Task M() { await Task.Factory.StartNew(async () => { await {|CS0103:nothing|}; await Task.Yield(); }, {|CS0103:what|}); }");

    [Fact]
    public Task Is_silent_in_generated_code() => SilentAsync("", Has.Source("A.g.cs", "class A { async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Factory.StartNew(() => System.Threading.Tasks.Task.Delay(1)); } }"));

    private const string Dispatcher =
        """

        class Operation<T> { public System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => default; }
        class Dispatcher { public Operation<T> InvokeAsync<T>(Func<T> work) => new(); }
        """;

    private static Task Run(string before, string after) => FixesAsync(UnawaitedInnerTaskFix.Run, before + Send, after + Send);

    private static Task Unwrap(string before, string after) => FixesAsync(UnawaitedInnerTaskFix.Unwrap, before + Send, after + Send);
}
