using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Toolbox;

/// <summary>How code comes to run in the background.</summary>
public sealed class BackgroundEntriesTests
{
    [Fact]
    public void The_body_of_a_background_service() => IsBackground("""class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { [|File.Delete("x")|]; await Task.Yield(); } }""");

    [Fact]
    public void The_start_of_a_hosted_service() => IsBackground("""class S : IHostedService { public Task StartAsync(CancellationToken t) { [|File.Delete("x")|]; return Task.CompletedTask; } public Task StopAsync(CancellationToken t) => Task.CompletedTask; }""");

    [Fact]
    public void A_private_member_that_the_body_calls() => IsBackground("""class S : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => RunAsync(); private async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); } }""");

    [Fact]
    public void Two_private_members_down() => IsBackground("""class S : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => A(); private Task A() => B(); private async Task B() { [|File.Delete("x")|]; await Task.Yield(); } }""");

    [Fact]
    public void Another_type_s_member_that_a_service_awaits() => IsBackground("""class W { public async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); } } class S(W w) : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => w.RunAsync(); }""");

    [Fact]
    public void A_lambda_of_Task_Run() => IsBackground("""void M() { Task.Run(() => { [|File.Delete("x")|]; }); }""");

    [Fact]
    public void An_async_lambda_of_Task_Run() => IsBackground("""void M() { _ = Task.Run(async () => { [|File.Delete("x")|]; await Task.Yield(); }); }""");

    [Fact]
    public void A_method_group_of_Task_Run() => IsBackground("""void M() { Task.Run(W); } void W() { [|File.Delete("x")|]; }""");

    [Fact]
    public void A_lambda_of_StartNew() => IsBackground("""void M() { Task.Factory.StartNew(() => { [|File.Delete("x")|]; }, TaskCreationOptions.LongRunning); }""");

    [Fact]
    public void A_started_task() => IsBackground("""void M() { new Task(() => { [|File.Delete("x")|]; }).Start(); }""");

    [Fact]
    public void A_thread() => IsBackground("""void M() { new Thread(W).Start(); } void W() { [|File.Delete("x")|]; }""");

    [Fact]
    public void A_thread_s_lambda() => IsBackground("""void M() { new Thread(() => { [|File.Delete("x")|]; }).Start(); }""");

    [Fact]
    public void A_pool_work_item() => IsBackground("""void M() { ThreadPool.QueueUserWorkItem(_ => { [|File.Delete("x")|]; }); }""");

    [Fact]
    public void A_timer_s_callback() => IsBackground("""private Timer _timer; void M() { _timer = new Timer(_ => { [|File.Delete("x")|]; }, null, 0, 1000); }""");

    [Fact]
    public void An_elapsed_event() => IsBackground("""void M(System.Timers.Timer timer) { timer.Elapsed += (_, _) => { [|File.Delete("x")|]; }; }""");

    [Fact]
    public void A_discarded_call() => IsBackground("""void M() { _ = RunAsync(); } async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_dropped_call() => IsBackground("""void M() { RunAsync(); } async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_call_behind_a_continuation_that_hides_the_fault() => IsBackground("""void M() { RunAsync().ContinueWith(_ => { }); } async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_task_that_only_a_stop_looks_at() => IsBackground("""private Task _task; void M() { _task = RunAsync(); } Task StopAsync() => _task; async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void An_async_void_method_that_is_called() => IsBackground("""void M() { Run(); } async void Run() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_local_function_that_is_started() => IsBackground("""void M() { Task.Run(W); void W() { [|File.Delete("x")|]; } }""");

    [Fact]
    public void A_discarded_local_function() => IsBackground("""void M() { _ = W(); async Task W() { [|File.Delete("x")|]; await Task.Yield(); } }""");

    [Fact]
    public void A_generic_method_that_is_started() => IsBackground("""void M() { Task.Run(() => W(1)); } void W<T>(T n) { [|File.Delete("x")|]; }""");

    [Fact]
    public void Recursion() => IsBackground("""void M() { _ = RunAsync(); } async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); await RunAsync(); }""");

    [Fact]
    public void A_member_called_through_its_interface() => IsBackground("""interface IW { Task RunAsync(); } class W : IW { public async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); } } class S(IW w) : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) => w.RunAsync(); }""");

    [Fact]
    public void A_static_method_that_is_started() => IsBackground("""static void M() { _ = RunAsync(); } static async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_method_nobody_calls() => IsNot("""void M() { [|File.Delete("x")|]; }""");

    [Fact]
    public void An_awaited_method() => IsNot("""async Task M() { await RunAsync(); } async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_returned_task() => IsNot("""Task M() => RunAsync(); async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void An_awaited_Task_Run() => IsNot("""async Task M() { await Task.Run(() => { [|File.Delete("x")|]; }); }""");

    [Fact]
    public void A_body_given_to_the_runtime() => IsNot("""void M() { AsyncGuard.Supervisor.Default.Loop("x", async t => { [|File.Delete("x")|]; await Task.Yield(); }); }""");

    [Fact]
    public void A_task_that_somebody_looks_at() => IsNot("""private Task _task; void M() { _task = RunAsync(); } Task CompletionAsync() => _task; async Task RunAsync() { [|File.Delete("x")|]; await Task.Yield(); }""");

    [Fact]
    public void A_constructor() => IsNot("""class C { public C() { [|File.Delete("x")|]; } }""");

    [Fact]
    public void A_lambda_that_is_stored() => IsNot("""Action M() => () => { [|File.Delete("x")|]; };""");

    [Fact]
    public void Recursion_that_nobody_starts() => IsNot("""async Task RunAsync() { [|File.Delete("x")|]; await RunAsync(); }""");

    [Fact]
    public void A_property() => IsNot("""string M { get { [|File.Delete("x")|]; return ""; } }""");

    [Theory]
    [InlineData("a delegate called at once", "Started", "void M() { Task.Run(() => { ((Action)(() => { [|File.Delete(\"x\")|]; }))(); }); }")]
    [InlineData("an asynchronous one that nobody waits for", "Unobserved", "void M() { _ = ((Func<Task>)(async () => { [|File.Delete(\"x\")|]; await Task.Yield(); }))(); }")]
    [InlineData("a delegate that is converted", "Started", "void M() { Task.Run((Func<Task>)(Func<Task<int>>)(async () => { [|File.Delete(\"x\")|]; await Task.Yield(); return 1; })); }")]
    [InlineData("a delegate of a call that waits for it", "Started again", "void M() { Task.Run(async () => { await RetryAsync(() => { [|File.Delete(\"x\")|]; }); }); }")]
    [InlineData("a started task inside one", "Started", "void M() { Task.Run(async () => { await Task.Run(() => { [|File.Delete(\"x\")|]; }); }); }")]
    [InlineData("a started task inside one, in a loop", "Started again", "void M() { Task.Run(async () => { while (true) { await Task.Run(() => { [|File.Delete(\"x\")|]; }); } }); }")]
    [InlineData("a task of a loop", "Started again", "void M() { while (true) { Task.Run(() => { [|File.Delete(\"x\")|]; }); } }")]
    [InlineData("a thread of a loop", "Thread again", "void M() { while (true) { new Thread(() => { [|File.Delete(\"x\")|]; }).Start(); } }")]
    [InlineData("a timer of a loop", "Timer again", "void M() { while (true) { _ = new Timer(_ => { [|File.Delete(\"x\")|]; }); } }")]
    [InlineData("a discarded call of a loop", "Unobserved again", "void M() { while (true) { _ = RunAsync(); } } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("an asynchronous delegate called in a loop", "Unobserved again", "void M() { while (true) { _ = ((Func<Task>)(async () => { [|File.Delete(\"x\")|]; await Task.Yield(); }))(); } }")]
    [InlineData("a service's loop", "ServiceExecute again", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) { await RunAsync(); } } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); } }")]
    [InlineData("a lambda's loop", "Started again", "void M() { Task.Run(async () => { while (true) { await RunAsync(); } }); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a started function's loop", "Started again", "void M() { Task.Run(LoopAsync); } async Task LoopAsync() { while (true) { await RunAsync(); } } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a loop of a delegate called at once", "Started again", "void M() { Task.Run(() => { ((Action)(() => { while (true) { Run(); } }))(); }); } void Run() { [|File.Delete(\"x\")|]; }")]
    [InlineData("a thread's loop", "Thread again", "void M() { new Thread(() => { while (true) { Run(); } }).Start(); } void Run() { [|File.Delete(\"x\")|]; }")]
    [InlineData("a timer's loop", "Timer again", "void M() { _ = new Timer(_ => { while (true) { Run(); } }); } void Run() { [|File.Delete(\"x\")|]; }")]
    [InlineData("a timer after a first start", "Unobserved again", "void M(System.Timers.Timer timer) { _ = RunAsync(); timer.Elapsed += (_, _) => { _ = RunAsync(); }; } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("what a call does again", "Unobserved again", "Task M() => RetryAsync(() => { _ = RunAsync(); }); async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("what a task does once", "Unobserved", "void M() { Task.Run(() => { _ = RunAsync(); }); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's every tick", "Unobserved again", "void M() { _ = new Timer(s => { _ = RunAsync(); }, null, 0, 1000); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's every tick of a field", "Unobserved again", "static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); void M() { _ = new Timer(s => { _ = RunAsync(); }, null, Pause, Pause); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's only tick", "Unobserved", "void M() { _ = new Timer(s => { _ = RunAsync(); }, null, 1000, -1); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's only tick with no period", "Unobserved", "void M() { _ = new Timer(s => { _ = RunAsync(); }, null, 1000, 0); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's only tick with a period of nothing", "Unobserved", "void M() { _ = new Timer(s => { _ = RunAsync(); }, null, TimeSpan.FromSeconds(1), TimeSpan.Zero); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a timer's only tick by its name", "Unobserved", "void M() { _ = new Timer(s => { _ = RunAsync(); }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a task of a factory's own", "Started", "void M() { new TaskFactory<int>().StartNew(() => { [|File.Delete(\"x\")|]; return 1; }); }")]
    [InlineData("a task with a result, started by hand", "Started", "void M() { new Task<int>(() => { [|File.Delete(\"x\")|]; return 1; }).Start(); }")]
    [InlineData("an unsafe work item", "Started", "void M() { ThreadPool.UnsafeQueueUserWorkItem(_ => { [|File.Delete(\"x\")|]; }, null); }")]
    [InlineData("a registered wait", "Timer", "void M(WaitHandle h) { ThreadPool.RegisterWaitForSingleObject(h, (_, _) => { [|File.Delete(\"x\")|]; }, null, 1000, false); }")]
    [InlineData("a timer of a provider", "Timer", "void M() { _ = TimeProvider.System.CreateTimer(_ => { [|File.Delete(\"x\")|]; }, null, TimeSpan.Zero, TimeSpan.Zero); }")]
    [InlineData("a task that is only asked", "Started", "bool M() => Task.Run(() => { [|File.Delete(\"x\")|]; }).IsCompleted;")]
    [InlineData("a task with a continuation", "Started", "void M() { Task.Run(() => { [|File.Delete(\"x\")|]; }).ContinueWith(_ => { }); }")]
    [InlineData("a private function between", "Unobserved", "async Task BAsync() { await RunAsync(); } Task CAsync() => BAsync(); void D() { _ = CAsync(); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a public function between", "", "public async Task BAsync() { await RunAsync(); } Task CAsync() => BAsync(); void D() { _ = CAsync(); } async Task RunAsync() { [|File.Delete(\"x\")|]; await Task.Yield(); }")]
    [InlineData("a delegate that is only compared", "", "void M() { Task.Run(() => { ((Action)(() => { [|File.Delete(\"x\")|]; })).Equals(null); }); }")]
    [InlineData("an asynchronous delegate that is awaited", "", "async Task M() { await ((Func<Task>)(async () => { [|File.Delete(\"x\")|]; await Task.Yield(); }))(); }")]
    [InlineData("a delegate of a call that nobody waits for", "", "void M() { Task.Run(() => { RetryAsync(() => { [|File.Delete(\"x\")|]; }); }); }")]
    [InlineData("a delegate of a call that gives no task", "", "void M() { Task.Run(() => Count(() => { [|File.Delete(\"x\")|]; return 1; })); } int Count(Func<int> count) => count();")]
    [InlineData("a returned task", "", "Task M() => Task.Run(() => { [|File.Delete(\"x\")|]; });")]
    [InlineData("a task whose result is taken", "", "int M() => Task.Run(() => { [|File.Delete(\"x\")|]; return 1; }).Result;")]
    [InlineData("a task that is waited for", "", "void M() { Task.Run(() => { [|File.Delete(\"x\")|]; }).Wait(); }")]
    [InlineData("a task whose awaiter waits", "", "void M() { Task.Run(() => { [|File.Delete(\"x\")|]; }).GetAwaiter().GetResult(); }")]
    [InlineData("a task unwrapped and awaited", "", "async Task M() { await Task.Factory.StartNew(async () => { [|File.Delete(\"x\")|]; await Task.Yield(); }).Unwrap(); }")]
    [InlineData("a handler taken off", "", "void M(System.Timers.Timer timer) { timer.Elapsed -= (_, _) => { [|File.Delete(\"x\")|]; }; }")]
    [InlineData("an event of that name", "", "class Watch { public event EventHandler? Elapsed; public void Go() => Elapsed?.Invoke(this, EventArgs.Empty); } void M(Watch watch) { watch.Elapsed += (_, _) => { [|File.Delete(\"x\")|]; }; }")]
    [InlineData("a function named Run", "", "class Own { public static void Run(Action a) => a(); } void M() { Own.Run(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a type named TaskFactory", "", "class TaskFactory { public void StartNew(Action a) => a(); } void M() { new TaskFactory().StartNew(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("functions named as the pool's", "", "class Own { public static void QueueUserWorkItem(Action a) => a(); } void M() { Own.QueueUserWorkItem(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a function named as the pool's wait", "", "class Own { public static void RegisterWaitForSingleObject(Action a) => a(); } void M() { Own.RegisterWaitForSingleObject(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a function named as a provider's", "", "class Own { public static void CreateTimer(Action a) => a(); } void M() { Own.CreateTimer(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a type named Task", "", "class Own { class Task { public Task(Action a) => a(); } void M() { new Task(() => { [|File.Delete(\"x\")|]; }); } }")]
    [InlineData("a type named Thread", "", "class Thread { public Thread(Action a) => a(); } void M() { new Thread(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a type named Timer", "", "class Timer { public Timer(Action a) => a(); } void M() { new Timer(() => { [|File.Delete(\"x\")|]; }); }")]
    [InlineData("a body given to a companion of the runtime", "", "void M() { Task.Run(async () => { await AsyncGuard.More.Builder.RunAsync(() => { [|File.Delete(\"x\")|]; }); }); } } namespace AsyncGuard.More { static class Builder { public static Task RunAsync(Action work) => Task.Run(work); }")]
    public void How_it_comes_to_run(string what, string expected, string members) =>
        Assert.True(expected == Name(EntryIn("static Task RetryAsync(Action work) => Task.Run(work); " + members)), what);

    /// <summary>The loop, those who call each other up to it, and who starts the last of them.</summary>
    [Theory]
    [InlineData(22, true)]
    [InlineData(23, false)]
    public void As_many_callers_as_one_looks_at(int callers, bool found)
    {
        var chain = string.Concat(Enumerable.Range(1, callers).Select(i => $"private Task F{i}() => F{i - 1}(); "));
        Assert.Equal(found, EntryIn($$"""async Task F0() { [|File.Delete("x")|]; await Task.Yield(); } {{chain}} void Start() { _ = F{{callers}}(); }""") is not null);
    }

    private static string Name(BackgroundEntry? entry) => entry is null ? "" : entry.IsRepeated ? $"{entry.Kind} again" : $"{entry.Kind}";

    private static void IsBackground(string members) => Assert.NotNull(EntryIn(members));

    private static void IsNot(string members) => Assert.Null(EntryIn(members));

    private static BackgroundEntry? EntryIn(string members)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Snippet.InClass("using System.IO;\nusing Microsoft.Extensions.Hosting;\n" + members);
        var start = file.IndexOf("[|", StringComparison.Ordinal);
        var tree = CSharpSyntaxTree.ParseText(file.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Entries", [tree], Workbench.Everything, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(cancel), each => each.Severity == DiagnosticSeverity.Error);
        var model = compilation.GetSemanticModel(tree);
        var call = tree.GetRoot(cancel).FindToken(start).Parent!.FirstAncestorOrSelf<InvocationExpressionSyntax>()!; // the mark opens a call
        var operation = model.GetOperation(call, cancel)!; // which is an operation
        var containing = model.GetEnclosingSymbol(start, cancel)!; // of a member
        while (containing is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            containing = containing.ContainingSymbol;
        }

        return CompilationFacts.Of(compilation).Entries.EntryOf(operation, containing, cancel);
    }
}
