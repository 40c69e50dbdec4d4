using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Which dropped continuations hide the fault of the task before them.</summary>
public sealed class FaultHidingContinuationTests : RuleTests<FaultHidingContinuationAnalyzer>
{
    private const string Send =
        """

        async Task SendAsync(int id = 0) => await System.IO.File.ReadAllTextAsync("x" + id);
        async Task<int> CountAsync() => (await System.IO.File.ReadAllTextAsync("x")).Length;
        async Task SafeAsync() { try { await SendAsync(); } catch (Exception e) { Console.WriteLine(e); } }
        void Done() { }
        """;

    [Fact]
    public Task Reports_a_continuation_that_never_looks() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](t => Done()); }" + Send);

    [Fact]
    public Task Reports_one_that_takes_no_notice_of_its_parameter() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](_ => Done()); }" + Send);

    [Fact]
    public Task Reports_a_discard() => ReportsAsync("void M() { _ = [|SendAsync().ContinueWith|](_ => Done()); }" + Send);

    [Fact]
    public Task Reports_a_discard_in_an_async_function() => ReportsAsync("async Task M() { _ = [|SendAsync().ContinueWith|](_ => Done()); await Task.Yield(); }" + Send);

    [Fact]
    public Task Reports_a_configured_one() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](_ => Done()).ConfigureAwait(false); }" + Send);

    [Fact]
    public Task Reports_an_anonymous_method_without_parameters() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](delegate { Done(); }); }" + Send);

    [Fact]
    public Task Reports_one_that_only_asks_whether_it_is_over() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](t => Console.WriteLine(t.IsCompleted)); }" + Send);

    [Fact]
    public Task Reports_one_that_only_asks_for_cancellation() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](t => { if (!t.IsCanceled) { Done(); } }); }" + Send);

    [Fact]
    public Task Reports_one_that_reads_the_result() => ReportsAsync("void M() { [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result)); }" + Send);

    [Fact]
    public Task Reports_one_that_waits_for_what_is_over() => ReportsAsync("void M() { [|CountAsync().ContinueWith|](t => t.GetAwaiter().GetResult()); }" + Send);

    [Fact]
    public Task Reports_one_that_awaits_where_nobody_awaits_it() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](async t => { await t; Done(); }); }" + Send);

    [Fact]
    public Task Reports_a_generic_one() => ReportsAsync("void M() { [|CountAsync().ContinueWith<int>|](t => 1); }" + Send);

    [Fact]
    public Task Reports_one_with_a_state() => ReportsAsync("void M() { [|SendAsync().ContinueWith|]((t, s) => Console.WriteLine(s), \"state\"); }" + Send);

    [Fact]
    public Task Reports_one_with_a_token() => ReportsAsync("void M(CancellationToken stop) { [|SendAsync().ContinueWith|](_ => Done(), stop); }" + Send);

    [Fact]
    public Task Reports_one_with_a_scheduler() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](_ => Done(), TaskScheduler.FromCurrentSynchronizationContext()); }" + Send);

    [Fact]
    public Task Reports_options_that_say_nothing_about_the_outcome() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](_ => Done(), TaskContinuationOptions.ExecuteSynchronously); }" + Send);

    [Fact]
    public Task Reports_one_that_runs_unless_cancelled() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](_ => Done(), TaskContinuationOptions.NotOnCanceled | TaskContinuationOptions.LongRunning); }" + Send);

    [Fact]
    public Task Reports_all_arguments() => ReportsAsync(
        "void M() { [|SendAsync().ContinueWith|](_ => Done(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default); }" + Send);

    [Fact]
    public Task Reports_a_method_group_that_does_not_look() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](Over); }\nvoid Over(Task t) { Done(); }" + Send);

    [Fact]
    public Task Reports_a_delegate_in_a_local() => ReportsAsync("void M() { Action<Task> over = _ => Done(); [|SendAsync().ContinueWith|](over); }" + Send);

    [Fact]
    public Task Reports_one_that_hands_the_task_to_a_method_that_does_not_look() => ReportsAsync("void M() { [|SendAsync().ContinueWith|](t => Over(t)); }\nvoid Over(Task t) { Done(); }" + Send);

    [Fact]
    public Task Reports_ContinueWhenAll() => ReportsAsync("void M() { [|Task.Factory.ContinueWhenAll|]([SendAsync(1), SendAsync(2)], _ => Done()); }" + Send);

    [Fact]
    public Task Reports_ContinueWhenAny_of_an_array() => ReportsAsync("void M() { [|Task.Factory.ContinueWhenAny|](new[] { SafeAsync(), SendAsync(2) }, _ => Done()); }" + Send);

    [Fact]
    public Task Reports_the_first_of_a_chain_once() => ReportsAsync(
        """
        void M()
        {
            SendAsync()
                .[|ContinueWith|](_ => Done())
                .ContinueWith(_ => Done());
        }
        """ + Send);

    [Fact]
    public Task Reports_a_chain_whose_end_asks_too_late() => ReportsAsync(
        "void M() { [|SendAsync().ContinueWith|](_ => Done()).ContinueWith(t => Console.WriteLine(t.Exception)); }" + Send);

    [Fact]
    public Task Reports_a_local_that_nobody_else_looks_at() => ReportsAsync("void M() { var t = SendAsync(); [|t.ContinueWith|](_ => Done()); }" + Send);

    [Fact]
    public Task Reports_a_task_behind_a_conditional_access() => ReportsAsync("void M(Subject? s) { s?[|.SendAsync().ContinueWith|](_ => Done()); }" + Send);

    [Fact]
    public Task Says_what_is_lost() => SaysAsync(
        "An exception of 'ReadAllTextAsync' is lost here because its continuation runs on without asking for it; await the task in a try, or run it supervised",
        "void M() { {|#0:System.IO.File.ReadAllTextAsync(\"x\").ContinueWith|}(_ => Console.Beep()); }");

    [Fact]
    public Task Is_silent_where_the_exception_is_read() => SilentAsync("void M() { SendAsync().ContinueWith(t => Console.WriteLine(t.Exception)); }" + Send);

    [Fact]
    public Task Is_silent_where_the_status_is_read() => SilentAsync(
        "void M() { SendAsync().ContinueWith(t => { if (t.IsFaulted) { Done(); } }); SendAsync().ContinueWith(t => Console.WriteLine(t.Status)); SendAsync().ContinueWith(t => { if (t.IsCompletedSuccessfully) { Done(); } }); }" + Send);

    [Fact]
    public Task Is_silent_where_it_runs_after_faults_only() => SilentAsync("void M() { SendAsync().ContinueWith(_ => Done(), TaskContinuationOptions.OnlyOnFaulted); }" + Send);

    [Fact]
    public Task Is_silent_where_it_runs_after_faults_only_whatever_else_is_said() => SilentAsync(
        "void M() { SendAsync().ContinueWith(_ => Done(), TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.NotOnRanToCompletion); }" + Send);

    [Fact]
    public Task Is_silent_where_it_runs_after_success_only_which_is_another_rules_question() => SilentAsync(
        "void M() { SendAsync().ContinueWith(_ => Done(), TaskContinuationOptions.OnlyOnRanToCompletion); SendAsync().ContinueWith(_ => Done(), TaskContinuationOptions.NotOnFaulted); }" + Send);

    [Fact]
    public Task Is_silent_where_a_constant_says_so() => SilentAsync(
        "const TaskContinuationOptions Failed = TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously;\nvoid M() { SendAsync().ContinueWith(_ => Done(), Failed); }" + Send);

    [Fact]
    public Task Is_silent_where_a_field_that_never_changes_says_so() => SilentAsync(
        "static readonly TaskContinuationOptions Failed = TaskContinuationOptions.OnlyOnFaulted;\nvoid M() { SendAsync().ContinueWith(_ => Done(), Failed); }" + Send);

    [Fact]
    public Task Is_silent_where_the_options_are_not_known() => SilentAsync("void M(TaskContinuationOptions when) { SendAsync().ContinueWith(_ => Done(), when); }" + Send);

    [Fact]
    public Task Is_silent_where_the_task_handles_its_own_errors() => SilentAsync("void M() { SafeAsync().ContinueWith(_ => Done()); Task.Delay(9).ContinueWith(_ => Done()); }" + Send);

    [Fact]
    public Task Is_silent_where_the_continuation_is_awaited() => SilentAsync("async Task M() { await SendAsync().ContinueWith(_ => Done()); }" + Send);

    [Fact]
    public Task Is_silent_where_the_continuation_is_returned_or_kept() => SilentAsync(
        "Task? _kept;\nTask M() { _kept = SendAsync().ContinueWith(_ => Done()); return SendAsync().ContinueWith(_ => Done()); }" + Send);

    [Fact]
    public Task Is_silent_where_the_continuation_is_given_to_somebody() => SilentAsync("void M() { GC.KeepAlive(SendAsync().ContinueWith(_ => Done())); }" + Send);

    [Fact]
    public Task Is_silent_where_the_awaited_fault_is_caught() => SilentAsync(
        "void M() { SendAsync().ContinueWith(async t => { try { await t; } catch (Exception e) { Console.WriteLine(e); } }); CountAsync().ContinueWith(t => { try { Console.WriteLine(t.Result); } catch (AggregateException) { } }); }" + Send);

    [Fact]
    public Task Is_silent_where_the_end_of_the_chain_sees_what_was_rethrown() => SilentAsync(
        "void M() { CountAsync().ContinueWith(t => Console.WriteLine(t.Result)).ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnFaulted); }" + Send);

    [Fact]
    public Task Is_silent_where_the_task_is_handed_on() => SilentAsync("void M() { SendAsync().ContinueWith(t => GC.KeepAlive(t)); SendAsync().ContinueWith(Over); }\nvoid Over(Task t) { Console.WriteLine(t.Exception); }" + Send);

    [Fact]
    public Task Is_silent_on_a_task_that_others_hold() => SilentAsync(
        "Task? _kept;\nvoid M(Task given) { given.ContinueWith(_ => Done()); _kept?.ContinueWith(_ => Done()); }\nasync Task N() { var t = SendAsync(); _ = t.ContinueWith(_ => Done()); await t; }" + Send);

    [Fact]
    public Task Is_silent_on_ContinueWhenAll_that_looks() => SilentAsync("void M() { Task.Factory.ContinueWhenAll([SendAsync(1), SendAsync(2)], all => Task.WaitAll(all)); }" + Send);

    [Fact]
    public Task Is_silent_on_a_method_named_to_observe() => SilentAsync(
        "void M() { SendAsync().ContinueWith(_ => Done()); }" + Send, Has.Option("asyncguard.ASG1001.observing_methods = Subject.SendAsync"));

    [Fact]
    public Task Is_silent_on_a_ContinueWith_of_somebody_else() => SilentAsync("void M(Steps s) { s.ContinueWith(_ => Done()); }\nclass Steps { public Task ContinueWith(Action<Task> next) => Task.CompletedTask; }" + Send);

    [Fact]
    public Task Is_silent_in_an_expression_tree() => SilentAsync("void M(System.Linq.Expressions.Expression<Action<Subject>> e) { }\nvoid N() => M(s => s.SendAsync(1).ContinueWith(_ => Console.Beep()));" + Send);

    [Fact]
    public Task Is_silent_on_code_that_does_not_bind() => SilentAsync("void M() { SendAsync().ContinueWith({|CS0103:nothing|}); {|CS0103:Verify|}(() => { SendAsync().ContinueWith(_ => Done()); }); }" + Send);

    [Fact]
    public Task Is_silent_in_generated_code() => SilentAsync("", Has.Source("A.g.cs", "class A { void M() { System.IO.File.ReadAllTextAsync(\"x\").ContinueWith(_ => { }); } }"));
}
