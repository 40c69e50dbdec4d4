using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.Rules;

public sealed class StoredTaskTests : RuleTests<StoredTaskAnalyzer>
{
    private const string Work = "\nasync Task WorkAsync() => await System.IO.File.WriteAllTextAsync(\"x\", \"y\");";

    [Fact]
    public Task Names_the_call_and_the_place() => ReportsAsync(
        "Task _running;\nvoid M() { {|#0:_running|} = WorkAsync(); }" + Work,
        project => ((SolutionState)project).ExpectedDiagnostics.Add(new DiagnosticResult(StoredTaskAnalyzer.Id, DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage("An exception of 'WorkAsync' is lost because nobody ever looks at the task in '_running'; await it or run it supervised")));

    [Theory]
    [InlineData("Task _running;\nvoid M() { _running = WorkAsync().ContinueWith(t => { if (t.IsFaulted) { throw new InvalidOperationException(); } }); }")]
    [InlineData("Task _running;\nvoid M() { _running = WorkAsync().ContinueWith(End); }\nvoid End(Task t) { Console.WriteLine(t.Exception); System.IO.File.Delete(\"x\"); }")]
    public Task Is_silent_behind_a_continuation_that_sees_the_fault(string members) => SilentAsync(members + Work);

    [Fact]
    public Task Is_silent_on_a_command_of_a_batch() => SilentAsync(
        "void M(StackExchange.Redis.IBatch all) { var set = all.SetAsync(); }",
        Has.Source("Redis.cs", "namespace StackExchange.Redis { public interface IBatch { System.Threading.Tasks.Task SetAsync(); } }"));

    [Fact]
    public Task Reports_a_local_that_nobody_reads() => Reports("void M() { var [|task|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_local_that_is_assigned_later() => Reports("void M() { Task task; [|task|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_local_that_is_only_compared_with_null() => Reports("void M(bool b) { Task task = null; if (b) { [|task|] = WorkAsync(); } if (task != null) { Console.Beep(); } }");

    [Fact]
    public Task Reports_a_local_that_is_only_asked_whether_it_is_over() => Reports("bool M() { var [|task|] = WorkAsync(); return task.IsCompleted; }");

    [Fact]
    public Task Reports_a_local_of_a_lambda() => Reports("Action M() => () => { var [|task|] = WorkAsync(); };");

    [Fact]
    public Task Reports_a_local_of_a_local_function() => Reports("void M() { L(); void L() { var [|task|] = WorkAsync(); } }");

    [Fact]
    public Task Reports_started_work() => Reports("void M() { var [|task|] = Task.Run(() => WorkAsync()); }");

    [Fact]
    public Task Reports_a_value_task() => Reports("void M() { var [|task|] = SaveAsync(); }\nasync ValueTask SaveAsync() => await WorkAsync();");

    [Fact]
    public Task Reports_a_configured_task() => Reports("void M() { var [|task|] = WorkAsync().ConfigureAwait(false); }");

    [Fact]
    public Task Reports_a_copy_that_is_discarded() => Reports("void M() { var [|task|] = WorkAsync(); _ = task; }");

    [Theory]
    [InlineData("_running.ContinueWith(_ => { _running = null; });")]
    [InlineData("_ = this._running.ContinueWith(_ => Console.Beep());")]
    [InlineData("_running.ConfigureAwait(false);")]
    [InlineData("_running?.ContinueWith(t => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion);")]
    public Task Reports_a_field_that_nobody_learns_from(string use) => Reports($"Task _running;\nvoid M() {{ if (_running is {{ IsCompleted: false }}) {{ return; }} [|_running|] = WorkAsync(); {use} }}");

    [Theory]
    [InlineData("_running.ContinueWith(t => Console.WriteLine(t.Exception));")]
    [InlineData("_running.ContinueWith(t => Console.WriteLine(t), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("_running.ContinueWith(_ => Console.Beep()).Wait();")]
    public Task Is_silent_on_a_field_that_somebody_learns_from(string use) => Silent($"Task _running;\nvoid M() {{ _running = WorkAsync(); {use} }}");

    [Fact]
    public Task Reports_a_field() => Reports("Task _running;\nvoid M() { [|_running|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_field_by_this() => Reports("Task _running;\nvoid M() { this.[|_running|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_static_field() => Reports("static Task _running;\nvoid M() { [|_running|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_field_s_initialiser() => Reports("readonly Task _running = Task.[|Run|](() => System.IO.File.Delete(\"x\"));");

    [Fact]
    public Task Reports_a_field_that_is_only_compared_with_null() => Reports("Task _running;\nvoid M() { if (_running is null) { [|_running|] = WorkAsync(); } }");

    [Fact]
    public Task Reports_a_field_that_is_filled_once() => Reports("Task _running;\nvoid M() { [|_running|] ??= WorkAsync(); }");

    [Fact]
    public Task Reports_a_field_that_is_only_asked_whether_it_is_over() => Reports("Task _running;\nvoid M() { if (_running?.IsCompleted != false) { [|_running|] = WorkAsync(); } }");

    [Fact]
    public Task Reports_a_field_that_is_only_cleared_and_disposed() => Reports("Task _running;\nvoid M() { [|_running|] = WorkAsync(); }\nvoid Stop() { _running.Dispose(); _running = null; }");

    [Fact]
    public Task Reports_a_field_that_is_only_named() => Reports("Task _running;\nvoid M() { [|_running|] = WorkAsync(); Console.WriteLine(nameof(_running)); }");

    [Fact]
    public Task Reports_a_private_property() => Reports("private Task Running { get; set; }\nvoid M() { [|Running|] = WorkAsync(); }");

    [Fact]
    public Task Reports_a_private_property_s_initialiser() => Reports("private Task Running { get; } = Task.[|Run|](() => System.IO.File.Delete(\"x\"));");

    [Fact]
    public Task Reports_a_property_that_only_its_type_reads() => Reports("public Task Running { private get; set; }\nvoid M() { [|Running|] = WorkAsync(); }");

    [Fact]
    public Task Reports_an_element_of_a_local_list() => Reports("using System.Collections.Generic;\n\nvoid M(int n) { var tasks = new List<Task>(); for (var i = 0; i < n; i++) { tasks.[|Add|](WorkAsync()); } }");

    [Fact]
    public Task Reports_an_element_of_a_private_list_that_is_counted_and_cleared() => Reports("using System.Collections.Generic;\n\nreadonly List<Task> _tasks = new();\nvoid M() { lock (_tasks) { _tasks.[|Add|](WorkAsync()); } }\nint N() { _tasks.RemoveAll(t => t.IsCompleted); return _tasks.Count; }");

    [Theory]
    [InlineData("_all?.[|Add|](WorkAsync());")]
    [InlineData("this._all?.[|Add|](WorkAsync());")]
    [InlineData("(_all)?.[|Insert|](0, WorkAsync());")]
    public Task Reports_an_element_of_a_list_that_may_be_missing(string put) => Reports($"System.Collections.Generic.List<Task> _all;\nvoid M() {{ {put} }}");

    [Fact]
    public Task Is_silent_on_an_element_of_a_list_that_may_be_missing_and_is_awaited() =>
        Silent("System.Collections.Generic.List<Task> _all;\nvoid M() => _all?.Add(WorkAsync());\nTask EndAsync() => Task.WhenAll(_all);");

    [Fact]
    public Task Reports_an_element_of_a_bag() => Reports("readonly System.Collections.Concurrent.ConcurrentBag<Task> _tasks = new();\nvoid M() => _tasks.[|Add|](WorkAsync());");

    [Fact]
    public Task Reports_an_element_of_a_dictionary() => Reports("readonly System.Collections.Generic.Dictionary<int, Task> _tasks = new();\nvoid M(int id) { [|_tasks|][id] = WorkAsync(); }\nvoid End(int id) => _tasks.Remove(id);");

    [Fact]
    public Task Reports_an_element_of_a_concurrent_dictionary_that_is_thrown_away() => Reports("readonly System.Collections.Concurrent.ConcurrentDictionary<int, Task> _tasks = new();\nvoid M(int id) { if (!_tasks.[|TryAdd|](id, WorkAsync())) { Console.Beep(); } }\nvoid End(int id) => _tasks.TryRemove(id, out _);");

    [Fact]
    public Task Reports_an_element_of_an_array() => Reports("void M() { var tasks = new Task[2]; [|tasks|][0] = WorkAsync(); }");

    [Fact]
    public Task Reports_an_element_of_a_collection_initialiser() => Reports("using System.Collections.Generic;\n\nvoid M() { var tasks = new List<Task> { [|WorkAsync|]() }; }");

    [Fact]
    public Task Reports_in_another_part_of_the_type() => Reports("partial class P { Task _running; }\npartial class P { void M(Subject s) { [|_running|] = s.WorkAsync(); } }");

    [Fact]
    public Task Is_silent_where_the_local_is_awaited() => Silent("async Task M() { var task = WorkAsync(); Console.Beep(); await task; }");

    [Fact]
    public Task Is_silent_where_the_local_is_returned() => Silent("Task M() { var task = WorkAsync(); Console.Beep(); return task; }");

    [Fact]
    public Task Is_silent_where_the_local_is_passed_on() => Silent("async Task M() { var task = WorkAsync(); await Task.WhenAny(task, Task.Delay(9)); }");

    [Fact]
    public Task Is_silent_where_a_lambda_awaits_the_local() => Silent("Func<Task> M() { var task = WorkAsync(); return async () => await task; }");

    [Fact]
    public Task Is_silent_where_its_fault_is_read() => Silent("bool M() { var task = WorkAsync(); return task.IsFaulted; }");

    [Fact]
    public Task Is_silent_where_its_exception_is_read() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nException Error => _running?.Exception;");

    [Fact]
    public Task Is_silent_where_its_status_is_read() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nTaskStatus Status => _running.Status;");

    [Fact]
    public Task Is_silent_where_it_is_waited_for() => Silent("void M() { var task = WorkAsync(); task.Wait(); }");

    [Fact]
    public Task Is_silent_where_it_is_continued() => Silent("void M() { var task = WorkAsync(); task.ContinueWith(t => Console.WriteLine(t.Exception)); }");

    [Fact]
    public Task Is_silent_where_a_pattern_takes_it_out() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nasync Task StopAsync() { if (_running is { } task) { await task; } }");

    [Fact]
    public Task Is_silent_where_the_stop_awaits_the_field() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nasync Task StopAsync() { if (_running != null) { await _running; } }");

    [Fact]
    public Task Is_silent_where_the_assignment_is_used() => Silent("Task _running;\nTask M() => _running = WorkAsync();");

    [Fact]
    public Task Is_silent_where_the_field_is_exchanged() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nTask Take() => Interlocked.Exchange(ref _running, null);");

    [Fact]
    public Task Is_silent_for_a_field_that_others_can_read() => Silent("internal Task Running;\nprotected Task Other;\nvoid M() { Running = WorkAsync(); Other = WorkAsync(); }");

    [Fact]
    public Task Is_silent_for_a_property_that_others_can_read() => Silent("public Task Running { get; private set; }\nvoid M() { Running = WorkAsync(); }");

    [Fact]
    public Task Is_silent_for_a_property_that_does_something_with_it() => Silent("private Task Running { get => null; set => value.Wait(); }\nvoid M() { Running = WorkAsync(); }");

    [Fact]
    public Task Is_silent_where_a_nested_type_awaits_the_field() => Silent("Task _running;\nvoid M() { _running = WorkAsync(); }\nclass Inner { public async Task WaitAsync(Subject s) => await s._running; }");

    [Fact]
    public Task Is_silent_where_another_part_awaits_the_field() => SilentAsync(
        "partial class P { Task _running; void M(Subject s) { _running = s.WorkAsync(); } }\npartial class P { async Task StopAsync() => await _running; }" + Work);

    [Fact]
    public Task Is_silent_where_the_list_is_awaited() => Silent("using System.Collections.Generic;\n\nasync Task M() { var tasks = new List<Task>(); tasks.Add(WorkAsync()); await Task.WhenAll(tasks); }");

    [Fact]
    public Task Is_silent_where_the_list_is_enumerated() => Silent("readonly System.Collections.Generic.List<Task> _tasks = new();\nvoid M() => _tasks.Add(WorkAsync());\nasync Task StopAsync() { foreach (var task in _tasks) { await task; } }");

    [Fact]
    public Task Is_silent_where_the_list_is_returned() => Silent("using System.Collections.Generic;\n\nList<Task> M() { var tasks = new List<Task>(); tasks.Add(WorkAsync()); return tasks; }");

    [Fact]
    public Task Is_silent_where_the_failed_ones_are_picked_out() => Silent("readonly System.Collections.Generic.List<Task> _tasks = new();\nvoid M() => _tasks.Add(WorkAsync());\nvoid N() => _tasks.RemoveAll(t => t.IsFaulted);");

    [Fact]
    public Task Is_silent_where_the_element_is_taken_out() => Silent("readonly System.Collections.Concurrent.ConcurrentDictionary<int, Task> _tasks = new();\nvoid M(int id) => _tasks.TryAdd(id, WorkAsync());\nasync Task EndAsync(int id) { if (_tasks.TryRemove(id, out var task)) { await task; } }");

    [Fact]
    public Task Is_silent_where_an_element_is_awaited() => Silent("async Task M() { var tasks = new Task[2]; tasks[0] = WorkAsync(); await tasks[0]; }");

    [Fact]
    public Task Is_silent_for_a_collection_of_one_s_own() => Silent("class Tasks : System.Collections.Generic.List<Task> { public new void Add(Task task) => task.Wait(); }\nvoid M(Tasks tasks) { var mine = new Tasks(); mine.Add(WorkAsync()); }");

    [Fact]
    public Task Is_silent_for_a_collection_that_came_as_a_parameter() => Silent("void M(System.Collections.Generic.List<Task> tasks) => tasks.Add(WorkAsync());");

    [Fact]
    public Task Is_silent_where_the_work_handles_its_own_errors() => SilentAsync(
        """
        Task _running;
        void M() { _running = WorkAsync(); var task = WorkAsync(); }
        async Task WorkAsync() { try { await System.IO.File.WriteAllTextAsync("x", "y"); } catch (Exception e) { Console.Error.WriteLine(e); } }
        """);

    [Fact]
    public Task Is_silent_for_work_that_cannot_fail() => SilentAsync("Task _running;\nvoid M(CancellationToken stop) { _running = Task.Delay(9, stop); var done = Task.CompletedTask; }");

    [Fact]
    public Task Is_silent_for_a_task_of_somebody_else_s() => SilentAsync("Task _running;\nvoid M(Task task) { _running = task; }");

    [Fact]
    public Task Is_silent_for_methods_that_are_named_as_observing() => SilentAsync(
        "void M() { var task = WorkAsync(); }" + Work, Has.Option("asyncguard.ASG1001.observing_methods = WorkAsync"));

    [Fact]
    public Task Is_silent_where_the_comparison_is_reported_itself() => Silent("bool M() { var task = WorkAsync(); return task == null; }");

    [Fact]
    public Task Is_silent_where_the_local_is_used_in_code_that_does_not_bind() => Silent("void M() { var task = WorkAsync(); {|CS0103:Frob|}(task); }");

    [Fact]
    public Task Is_silent_in_generated_code() => SilentAsync("int X;", Has.Source("A.g.cs", "class G { System.Threading.Tasks.Task _t; void M() { _t = System.IO.File.WriteAllTextAsync(\"x\", \"y\"); } }"));

    private static Task Reports(string members) => ReportsAsync(members + Work);

    private static Task Silent(string members) => SilentAsync(members + Work);

    [Theory]
    [InlineData("it?.WorkAsync()")]
    [InlineData("b ? WorkAsync() : null")]
    [InlineData("it.Cached ?? WorkAsync()")]
    [InlineData("b switch { true => WorkAsync(), _ => null }")]
    public Task Reports_a_choice(string value) => Reports($"Task Cached => null;\nvoid M(Subject it, bool b) {{ var [|task|] = {value}; }}");

    [Theory]
    [InlineData("readonly List<Task> _all = new() { WorkAsync() };", "WorkAsync")]
    [InlineData("List<Task> _all;\nvoid M() { _all = new() { WorkAsync() }; }", "WorkAsync")]
    [InlineData("readonly Task[] _all = new Task[1];\nvoid M() { this._all[0] = WorkAsync(); }", "_all", "[0] = ")]
    public Task Reports_an_element_at(string members, string place, string after = "(") => ReportsAsync(
        "using System.Collections.Generic;\n" + members.Replace(place + after, $"[|{place}|]{after}", StringComparison.Ordinal) + Work.Replace("async", "static async", StringComparison.Ordinal));

    [Fact]
    public Task Is_silent_on_what_an_indexer_of_one_s_own_takes() => Silent(
        "class Jobs { public Task this[string name] { set => value.Wait(); } }\nvoid M(Jobs jobs) { jobs[\"x\"] = WorkAsync(); }");

    [Fact]
    public Task Is_silent_on_a_call_that_only_describes() => SilentAsync(
        "interface IStore { Task SaveAsync(string name); }\nvoid M(IStore store) { var task = store.SaveAsync(NSubstitute.Arg.Any<string>()); }",
        Has.Source("NSubstitute.cs", "namespace NSubstitute { public static class Arg { public static T Any<T>() => default; } }"));

    [Fact]
    public Task Reports_beside_another_local_that_is_misused() => Reports("bool M() { var [|task|] = WorkAsync(); var other = WorkAsync(); return other == null; }");

    [Theory]
    [InlineData("Queue", "Enqueue")]
    [InlineData("Stack", "Push")]
    [InlineData("List", "Insert", "0, ")]
    [InlineData("LinkedList", "AddLast")]
    [InlineData("LinkedList", "AddFirst")]
    [InlineData("HashSet", "Add")]
    public Task Reports_an_element_put_away_by(string type, string verb, string before = "") => Reports(
        $"readonly System.Collections.Generic.{type}<Task> _all = new();\nvoid M() {{ _all.[|{verb}|]({before}WorkAsync()); }}");

    [Fact]
    public Task Is_silent_on_what_a_collection_of_one_s_own_takes() => Silent(
        "class Jobs<T> { public void Add(T job) { } }\nreadonly Jobs<Task> _all = new();\nvoid M() { _all.Add(WorkAsync()); }");
}
