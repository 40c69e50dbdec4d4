using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Who runs the code that drops a task: threads, the pool, timers, tokens, events, windows.</summary>
public sealed class DroppingPlacesTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string Send = "\nTask SendAsync(int id) => System.IO.File.ReadAllTextAsync(\"x\" + id);";

    [Fact]
    public Task A_thread() => ReportsAsync("void M() { new Thread(() => [|SendAsync|](1)).Start(); }" + Send);

    [Fact]
    public Task A_thread_with_a_state() => ReportsAsync("void M() { new Thread(id => { _ = [|SendAsync|]((int)id!); }).Start(1); }" + Send);

    [Fact]
    public Task The_pool() => ReportsAsync("void M() { ThreadPool.QueueUserWorkItem(_ => [|SendAsync|](1)); ThreadPool.UnsafeQueueUserWorkItem(_ => [|SendAsync|](2), null); }" + Send);

    [Fact]
    public Task The_pool_with_a_state() => ReportsAsync("void M() { ThreadPool.QueueUserWorkItem(id => [|SendAsync|](id), 1, preferLocal: true); }" + Send);

    [Fact]
    public Task A_waiting_pool_thread() => ReportsAsync("void M(WaitHandle h) { ThreadPool.RegisterWaitForSingleObject(h, (_, _) => [|SendAsync|](1), null, 9, true); }" + Send);

    [Fact]
    public Task A_threading_timer() => ReportsAsync("Timer M() => new Timer(_ => [|SendAsync|](1), null, 0, 9);" + Send);

    [Theory]
    [InlineData("_ => { _ = [|SendAsync|](1); }")]
    [InlineData("_ => _ = [|SendAsync|](1)")]
    [InlineData("(object? _) => { _ = [|SendAsync|](1); }")]
    public Task A_timer_s_parameter_that_takes_the_task(string tick) => ReportsAsync($"Timer M() => new Timer({tick}, null, 0, 9);" + Send);

    [Fact]
    public Task A_component_timer() => ReportsAsync("void M(System.Timers.Timer t) { t.Elapsed += (_, _) => [|SendAsync|](1); }" + Send);

    [Fact]
    public Task A_time_provider_s_timer() => ReportsAsync("ITimer M(TimeProvider time) => time.CreateTimer(_ => [|SendAsync|](1), null, TimeSpan.Zero, TimeSpan.Zero);" + Send);

    [Fact]
    public Task A_token() => ReportsAsync("void M(CancellationToken t) { t.Register(() => [|SendAsync|](1)); t.UnsafeRegister(_ => [|SendAsync|](2), null); }" + Send);

    [Fact]
    public Task A_token_with_a_state() => ReportsAsync("void M(CancellationToken t) { t.Register(id => [|SendAsync|]((int)id!), 1); }" + Send);

    [Fact]
    public Task A_parallel_loop() => ReportsAsync("void M(int[] ids) { Parallel.ForEach(ids, id => { [|SendAsync|](id); }); Parallel.For(0, 9, id => { [|SendAsync|](id); }); }" + Send);

    [Fact]
    public Task A_list_s_ForEach() => ReportsAsync("void M(System.Collections.Generic.List<int> ids) => ids.ForEach(id => [|SendAsync|](id));" + Send);

    [Fact]
    public Task An_event_by_a_lambda() => ReportsAsync("event EventHandler? Saved;\nvoid M() { Saved += (_, _) => [|SendAsync|](1); }" + Send);

    [Fact]
    public Task An_event_by_an_anonymous_method() => ReportsAsync("static event Action? Saved;\nvoid M() { Saved += delegate { [|SendAsync|](1); }; }" + Send);

    [Fact]
    public Task An_event_by_a_method() => ReportsAsync("event EventHandler? Saved;\nvoid M() { Saved += OnSaved; }\nvoid OnSaved(object? sender, EventArgs e) { [|SendAsync|](1); }" + Send);

    [Fact]
    public Task An_event_by_a_local_function() => ReportsAsync("event EventHandler<int>? Saved;\nvoid M() { Saved += On; void On(object? sender, int id) => [|SendAsync|](id); }" + Send);

    [Fact]
    public Task An_event_s_accessors() => ReportsAsync("event Action Saved { add { [|SendAsync|](1); } remove => [|SendAsync|](2); }" + Send);

    [Fact]
    public Task An_event_of_an_interface() => ReportsAsync("interface ISaves { event Action Saved; }\nclass C : ISaves { event Action ISaves.Saved { add { [|new Subject().SendAsync|](1); } remove { } } }\ninternal" + Send.Replace("\n", " "));

    [Fact]
    public Task An_asynchronous_event_that_nobody_waits_for() => ReportsAsync("event Func<Task>? Saved;\nvoid M() { Saved?[|.Invoke|](); _ = Saved![|.Invoke|](); }".Replace("_ = Saved![|.Invoke|]()", "_ = [|Saved!|]()"));

    [Fact]
    public Task A_window_s_handler() => ReportsAsync("class Button { public event EventHandler? Click; }\nclass Window { readonly Button _save = new(); Window() { _save.Click += Save_Click; } void Save_Click(object? sender, EventArgs e) { [|new Subject().SendAsync|](1); } }\ninternal" + Send.Replace("\n", " "));

    [Fact]
    public Task A_command() => ReportsAsync("class Save : System.Windows.Input.ICommand { public event EventHandler? CanExecuteChanged { add { } remove { } } public bool CanExecute(object? p) => true; public void Execute(object? p) => [|new Subject().SendAsync|](1); }\ninternal" + Send.Replace("\n", " "));

    [Fact]
    public Task A_progress_and_a_lazy_and_a_synchronization_context() => ReportsAsync("void M(SynchronizationContext c) { c.Post(_ => [|SendAsync|](1), null); var p = new Progress<int>(id => [|SendAsync|](id)); GC.KeepAlive(p); }" + Send);

    [Fact]
    public Task A_delegate_in_a_collection() => ReportsAsync("void M(Func<Task>[] steps, System.Collections.Generic.Dictionary<string, Func<Task>> named) { [|steps[0]|](); [|named[\"a\"]|](); foreach (var step in steps) { _ = [|step|](); } }");

    [Fact]
    public Task A_query_that_starts_and_is_dropped() => ReportsAsync("using System.Linq;\nvoid M(int[] ids) { [|ids.Select|](id => SendAsync(id)).ToList(); _ = [|ids.Select|](SendAsync).ToArray(); }" + Send);

    [Fact]
    public Task A_query_that_is_kept_or_handles_its_errors_is_silent() => SilentAsync(
        "using System.Linq;\nvoid M(int[] ids) { var all = ids.Select(id => SendAsync(id)).ToList(); Task.WaitAll(all.ToArray()); ids.Select(async id => { try { await SendAsync(id); } catch { } }).ToList(); ids.Select(id => id + 1).ToList(); }" + Send);

    [Fact]
    public Task A_task_started_by_hand() => ReportsAsync("void M() { new [|Task|](() => System.IO.File.Delete(\"x\")).Start(); new [|Task<int>|](() => System.IO.File.ReadAllBytes(\"x\").Length).Start(TaskScheduler.Default); }");

    [Fact]
    public Task A_task_started_by_hand_that_handles_its_errors_is_silent() => SilentAsync("void M() { new Task(() => { try { System.IO.File.Delete(\"x\"); } catch { } }).Start(); new Thread(() => { }).Start(); }");

    [Fact]
    public Task A_query_that_starts_no_task_is_silent() => SilentAsync("using System.Linq;\nvoid M(int[] ids) { ids.Select(id => System.IO.File.ReadAllText(\"x\" + id)).ToList(); }");

    [Fact]
    public Task A_query_of_tasks_that_others_started_is_silent() => SilentAsync(
        "using System.Linq;\nvoid M(System.Collections.Generic.List<Task> tasks) { tasks.Where(task => System.IO.File.ReadAllText(\"x\" + task.Id).Length > 0).ToList(); }");

    [Fact]
    public Task A_function_called_Start_that_forgets_its_task() => ReportsAsync("void M() { Start([|SendAsync|](1)); }\nstatic void Start(Task work) { }" + Send);

    [Fact]
    public Task A_function_that_forgets_a_ValueTask() => ReportsAsync("void M() { Forget([|WorkAsync|]()); }\nstatic void Forget(ValueTask work) { }\nasync ValueTask WorkAsync() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task A_function_that_forgets_is_silent_where_its_call_is_only_described() => SilentAsync(
        "System.Linq.Expressions.Expression<Action> M() => () => Forget(SendAsync(1));\nstatic void Forget(Task work) { }" + Send);
}
