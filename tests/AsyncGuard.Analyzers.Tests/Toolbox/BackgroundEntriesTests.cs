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
