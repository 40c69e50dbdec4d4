using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>When is a task proven complete where it is read, so that reading it blocks nobody?</summary>
public sealed class CompletionTests : RuleTests<BlockingInAsyncAnalyzer>
{
    [Fact]
    public Task Is_silent_behind_an_await_before() => In(
        "await t; return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_with_ConfigureAwait() => In(
        "await t.ConfigureAwait(false); return t.Result;");

    [Fact]
    public Task Is_silent_behind_a_wait_with_a_token() => In(
        "await t.WaitAsync(c); return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_in_a_declaration() => In(
        "var n = await t; return n + t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_in_an_outer_block() => In(
        "await t; if (b) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_an_await_within_the_same_sum() => In(
        "var n = 1 + await t; return t.Result + n;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_arguments() => In(
        "await Task.WhenAll(t, u); return t.Result + u.Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_an_array() => In(
        "await Task.WhenAll(new[] { t, u }); return u.Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_a_collection_expression() => In(
        "await Task.WhenAll([t, u]); return u.Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_an_array_variable() => In(
        "Task<int>[] all = [t, u]; await Task.WhenAll(all); return all[0].Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_a_list() => In(
        "var all = new List<Task<int>> { t, u }; await Task.WhenAll(all); return all[1].Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_and_a_query() => In(
        "var all = new List<Task<int>> { t, u }; await Task.WhenAll(all); return all.Select(x => x.Result).Sum();");

    [Fact]
    public Task Is_silent_behind_WhenAll_and_a_sum() => In(
        "var all = new[] { t, u }; await Task.WhenAll(all); return all.Sum(x => x.Result);");

    [Fact]
    public Task Is_silent_behind_WhenAll_and_a_loop() => In(
        "var all = new[] { t, u }; await Task.WhenAll(all); var n = 0; foreach (var x in all) { n += x.Result; } return n;");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_a_selection() => In(
        "var all = new[] { 1, 2 }.Select(i => (Key: i, Work: t)).ToList(); await Task.WhenAll(all.Select(x => x.Work)); return all.Sum(x => x.Work.Result);");

    [Fact]
    public Task Is_silent_behind_WhenAll_of_a_dictionary_s_values() => In(
        "var all = new Dictionary<int, Task<int>> { [1] = t }; await Task.WhenAll(all.Values); var n = 0; foreach (var x in all) { n += x.Value.Result; } return n;");

    [Fact]
    public Task Is_silent_behind_WhenAll_stored_first() => In(
        "var both = Task.WhenAll(t, u); await both; return t.Result;");

    [Fact]
    public Task Is_silent_behind_WhenAll_with_ConfigureAwait() => In(
        "await Task.WhenAll(t, u).ConfigureAwait(false); return t.Result;");

    [Fact]
    public Task Is_silent_behind_the_winner_of_WhenAny() => In(
        "return (await Task.WhenAny(t, u)).Result;");

    [Fact]
    public Task Is_silent_behind_the_winner_of_WhenAny_in_a_local() => In(
        "var first = await Task.WhenAny(t, u); return first.Result;");

    [Fact]
    public Task Is_silent_behind_the_task_that_is_the_winner() => In(
        "if (await Task.WhenAny(t, Task.Delay(9, c)) == t) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_the_task_that_is_the_winner_in_a_local() => In(
        "var first = await Task.WhenAny(t, Task.Delay(9, c)); return first == t ? t.Result : 0;");

    [Fact]
    public Task Is_silent_behind_IsCompleted() => In(
        "if (t.IsCompleted) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_IsCompletedSuccessfully() => In(
        "if (t.IsCompletedSuccessfully) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_a_test_and_an_early_return() => In(
        "if (!t.IsCompleted) { return 0; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_a_test_and_an_early_throw() => In(
        "if (!t.IsCompletedSuccessfully) { throw new InvalidOperationException(); } return t.Result;");

    [Fact]
    public Task Is_silent_behind_the_else_of_a_test() => In(
        "if (!t.IsCompleted) { return 0; } else { return t.Result; }");

    [Fact]
    public Task Is_silent_behind_a_choice() => In(
        "return t.IsCompleted ? t.Result : 0;");

    [Fact]
    public Task Is_silent_behind_an_and() => In(
        "return t.IsCompleted && t.Result > 1 ? 1 : 0;");

    [Fact]
    public Task Is_silent_behind_an_or() => In(
        "return !t.IsCompleted || t.Result > 1 ? 1 : 0;");

    [Fact]
    public Task Is_silent_behind_Status() => In(
        "if (t.Status == TaskStatus.RanToCompletion) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_Status_the_other_way_round() => In(
        "if (TaskStatus.RanToCompletion != t.Status) { return 0; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_Status_in_a_pattern() => In(
        "if (t.Status is TaskStatus.RanToCompletion or TaskStatus.Faulted) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_Status_in_a_switch() => In(
        "switch (t.Status) { case TaskStatus.RanToCompletion: return t.Result; default: return 0; }");

    [Fact]
    public Task Is_silent_behind_WhenAll_in_the_same_section_of_a_switch() => In(
        "switch (b) { case true: await Task.WhenAll(t, u); var n = t.Result; return n + u.Result; default: return 0; }");

    [Fact]
    public Task Is_silent_behind_Status_in_a_switch_expression() => In(
        "return t.Status switch { TaskStatus.RanToCompletion => t.Result, _ => 0 };");

    [Fact]
    public Task Is_silent_behind_a_property_pattern() => In(
        "return t is { IsCompletedSuccessfully: true } ? t.Result : 0;");

    [Fact]
    public Task Is_silent_behind_a_switch_over_the_task() => In(
        "return t switch { { IsCompletedSuccessfully: true } => t.Result, _ => 0 };");

    [Fact]
    public Task Is_silent_behind_a_loop_until_complete() => In(
        "while (!t.IsCompleted) { await Task.Delay(1, c); } return t.Result;");

    [Fact]
    public Task Is_silent_behind_a_loop_while_complete() => In(
        "while (t.IsCompleted) { return t.Result; } return 0;");

    [Fact]
    public Task Is_silent_behind_an_await_if_not_complete() => In(
        "if (!t.IsCompleted) { await t; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_on_both_ways() => In(
        "if (b) { await t; } else { await Task.WhenAll(t, u); } return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_in_a_try_that_swallows() => In(
        "try { await t; } catch (Exception) { } return t.IsFaulted ? 0 : t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_at_the_head_of_a_try() => In(
        "try { await t; } catch (Exception) { return 0; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_in_a_finally() => In(
        "try { c.ThrowIfCancellationRequested(); } finally { await t; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_the_antecedent_of_a_continuation() => In(
        "return await t.ContinueWith(async x => { await Task.Yield(); return x.Result; }, c).Unwrap();");

    [Fact]
    public Task Is_silent_behind_FromResult() => In(
        "var r = Task.FromResult(1); return r.Result;");

    [Fact]
    public Task Is_silent_behind_CompletedTask() => In(
        "Task.CompletedTask.Wait(); return 1;");

    [Fact]
    public Task Is_silent_behind_a_property_of_a_completion_source() => In(
        "var s = new TaskCompletionSource<int>(); await s.Task; return s.Task.Result;");

    [Fact]
    public Task Is_silent_behind_a_field() => In(
        "await _field; return _field.Result;");

    [Fact]
    public Task Is_silent_behind_an_assertion() => In(
        "System.Diagnostics.Debug.Assert(t.IsCompleted); return t.Result;");

    [Fact]
    public Task Is_silent_behind_an_await_of_each() => In(
        "var all = new[] { t, u }; foreach (var x in all) { await x; } return all[0].Result;");

    [Fact]
    public Task Is_silent_behind_an_await_in_a_using() => In(
        "await using (var s = new System.IO.MemoryStream()) { await t; } return t.Result;");

    [Fact]
    public Task Is_silent_behind_a_lambda_after_the_await() => In(
        "await t; Func<Task<int>> f = async () => { await Task.Yield(); return t.Result; }; return await f();");

    [Fact]
    public Task Reports_behind_an_await_that_may_not_happen() => In(
        "if (b) { await t; } return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_of_another() => In(
        "await u; return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_after() => In(
        "var n = t.[|Result|]; await t; return n;");

    [Fact]
    public Task Reports_behind_a_new_task_since() => In(
        "await t; t = u; return t.[|Result|];");

    [Fact]
    public Task Reports_behind_a_new_task_in_each_round() => In(
        "await t; while (b) { if (t.[|Result|] > 1) { return 1; } t = OtherAsync(); } return 0;");

    [Fact]
    public Task Reports_behind_a_test_of_another() => In(
        "if (u.IsCompleted) { return t.[|Result|]; } return 0;");

    [Fact]
    public Task Reports_behind_the_other_branch_of_a_test() => In(
        "if (t.IsCompleted) { return 0; } return t.[|Result|];");

    [Fact]
    public Task Reports_behind_a_test_that_does_not_leave() => In(
        "if (!t.IsCompleted) { b = true; } return t.[|Result|];");

    [Fact]
    public Task Reports_behind_WhenAny_that_another_may_win() => In(
        "await Task.WhenAny(t, u); return t.[|Result|];");

    [Fact]
    public Task Reports_behind_WhenAll_of_others() => In(
        "await Task.WhenAll(u); return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_in_a_lambda() => In(
        "Func<Task> f = async () => await t; await Task.Yield(); GC.KeepAlive(f); return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_behind_an_and() => In(
        "var x = b && await OtherAsync() > await t; return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_late_in_a_try_that_swallows() => In(
        "try { c.ThrowIfCancellationRequested(); await t; } catch (Exception) { } return t.[|Result|];");

    [Fact]
    public Task Reports_behind_an_await_in_a_catch() => In(
        "try { b = true; } catch (Exception) { await t; } return t.[|Result|];");

    [Fact]
    public Task Reports_behind_a_running_status() => In(
        "if (t.Status == TaskStatus.Running) { return t.[|Result|]; } return 0;");

    [Fact]
    public Task Reports_behind_an_element_that_nobody_awaited() => In(
        "var all = new[] { t, u }; await all[0]; return all[1].[|Result|];");

    [Fact]
    public Task Reports_behind_a_field_of_another_object() => In(
        "await _field; return other._field.[|Result|];");

    private static Task In(string body) => ReportsAsync(
        $$"""
        using System.Collections.Generic;
        using System.Linq;

        Task<int> _field = Task.FromResult(1);

        async Task<int> M(Task<int> t, Task<int> u, bool b, CancellationToken c, Subject other)
        {
            await Task.Yield();
            {{body}}
        }

        async Task<int> OtherAsync() { await Task.Yield(); return 1; }
        """);
}
