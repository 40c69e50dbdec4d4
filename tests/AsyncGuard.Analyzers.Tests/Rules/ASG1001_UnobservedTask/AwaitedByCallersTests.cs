using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A function that returns nothing awaits what it dropped, and its callers await it.</summary>
public sealed class AwaitedByCallersTests : RuleTests<UnobservedTaskAnalyzer, UnobservedTaskFix>
{
    private const string Send = "\nasync Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync(\"x\" + id, token);";

    [Fact]
    public Task A_function_that_nobody_calls() => Awaited(
        "void Welcome(int id) { _ = [|SendAsync|](id); }",
        "async Task WelcomeAsync(int id) { await SendAsync(id); }");

    [Fact]
    public Task An_arrow() => Awaited(
        "void Welcome(int id) => _ = [|SendAsync|](id);",
        "async Task WelcomeAsync(int id) => await SendAsync(id);");

    [Fact]
    public Task Callers_and_theirs() => Awaited(
        """
        void Welcome(int id)
        {
            // tell them
            _ = [|SendAsync|](id); // soon
        }

        int Both() { Welcome(1); Welcome(2); return 2; }
        async Task RunAsync() { await Task.Yield(); Console.WriteLine(Both()); }
        """,
        """
        async Task WelcomeAsync(int id)
        {
            // tell them
            await SendAsync(id); // soon
        }

        async Task<int> BothAsync() { await WelcomeAsync(1); await WelcomeAsync(2); return 2; }
        async Task RunAsync() { await Task.Yield(); Console.WriteLine(await BothAsync()); }
        """);

    [Fact]
    public Task A_token_comes_along() => Awaited(
        "internal void Welcome(int id) { _ = [|SendAsync|](id); }\nasync Task RunAsync(CancellationToken stop) { await Task.Yield(); Welcome(1); }",
        "internal async Task WelcomeAsync(int id, CancellationToken cancellationToken = default) { await SendAsync(id, cancellationToken); }\nasync Task RunAsync(CancellationToken stop) { await Task.Yield(); await WelcomeAsync(1, stop); }");

    [Fact]
    public Task An_async_function_s_own_token_was_not_meant_for_it() => Awaited(
        "async Task WelcomeAsync(int id, CancellationToken stop) { _ = [|SendAsync|](id); await Task.Delay(1, stop); }",
        "async Task WelcomeAsync(int id, CancellationToken stop) { await SendAsync(id); await Task.Delay(1, stop); }");

    [Theory]
    [InlineData("ToList")]
    [InlineData("ToArray")]
    public Task A_query_s_tasks_are_awaited_together(string start) => Awaited(
        $"using System.Linq;\nasync Task WelcomeAsync(int[] ids) {{ [|ids.Select|](id => SendAsync(id)).{start}(); await Task.Yield(); }}",
        "using System.Linq;\nasync Task WelcomeAsync(int[] ids) { await Task.WhenAll(ids.Select(id => SendAsync(id))); await Task.Yield(); }");

    [Fact]
    public Task What_may_be_null() => Awaited(
        "void Welcome(Subject other) { _ = other?[|.SendAsync|](1); }",
        "async Task WelcomeAsync(Subject other) { await (other?.SendAsync(1) ?? Task.CompletedTask); }");

    [Fact]
    public Task An_interface_and_what_implements_it() => Awaited(
        "interface IGreeter { void Greet(int id); }\nclass Mail(Subject s) : IGreeter { public void Greet(int id) { _ = [|s.SendAsync|](id); } }\nclass Silent : IGreeter { public void Greet(int id) => GC.KeepAlive(id); }\nvoid M(IGreeter greeter) { greeter.Greet(1); }",
        "interface IGreeter { Task GreetAsync(int id); }\nclass Mail(Subject s) : IGreeter { public async Task GreetAsync(int id) { await s.SendAsync(id); } }\nclass Silent : IGreeter {\n    public Task GreetAsync(int id)\n    {\n        GC.KeepAlive(id);\n        return Task.CompletedTask;\n    }\n}\nasync Task MAsync(IGreeter greeter) { await greeter.GreetAsync(1); }");

    [Fact]
    public Task What_blocks_and_sleeps_there_is_awaited_too() => Awaited(
        "void Welcome(Task<int> t) { _ = [|SendAsync|](1); Thread.Sleep(10); Console.WriteLine(t.Result); }",
        "async Task WelcomeAsync(Task<int> t) { await SendAsync(1); await Task.Delay(10); Console.WriteLine(await t); }");

    [Fact]
    public Task All_findings_of_a_document_one_after_the_other() => Awaited(
        "void A() { _ = [|SendAsync|](1); _ = [|SendAsync|](2); }\nvoid B() { A(); _ = [|SendAsync|](3); }\nvoid C() { _ = [|SendAsync|](4); }",
        "async Task AAsync() { await SendAsync(1); await SendAsync(2); }\nasync Task BAsync() { await AAsync(); await SendAsync(3); }\nasync Task CAsync() { await SendAsync(4); }");

    [Fact]
    public Task A_caller_that_catches_lets_a_loop_live() => Awaited(
        "async Task RunAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) { try { Poll(); await Task.Delay(1, stop); } catch (Exception e) { Console.WriteLine(e); } } }\nvoid Poll() { _ = [|SendAsync|](1); }\nvoid Start() => Task.Run(() => RunAsync(default));",
        "async Task RunAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) { try { await PollAsync(stop); await Task.Delay(1, stop); } catch (Exception e) { Console.WriteLine(e); } } }\nasync Task PollAsync(CancellationToken cancellationToken = default) { await SendAsync(1, cancellationToken); }\nvoid Start() => Task.Run(() => RunAsync(default));");

    [Theory]
    [InlineData("a constructor calls it", "class A { public A(Subject s) => Go(s); static void Go(Subject s) { _ = [|s.SendAsync|](1); } }")]
    [InlineData("a property calls it", "int Count { get { Welcome(); return 1; } } void Welcome() { _ = [|SendAsync|](1); }")]
    [InlineData("a Dispose calls it", "class A(Subject s) : IDisposable { public void Dispose() => Go(); void Go() { _ = [|s.SendAsync|](1); } }")]
    [InlineData("it is called under a lock", "void M() { lock (this) { Welcome(); } } void Welcome() { _ = [|SendAsync|](1); }")]
    [InlineData("a delegate that returns nothing calls it", "void M(System.Collections.Generic.List<int> all) => all.ForEach(_ => Welcome()); void Welcome() { _ = [|SendAsync|](1); }")]
    [InlineData("a thread runs it", "void M() => new Thread(() => Welcome()).Start(); void Welcome() { _ = [|SendAsync|](1); }")]
    [InlineData("it goes into a delegate's variable", "Action M() => Welcome; void Welcome() { _ = [|SendAsync|](1); }")]
    [InlineData("it handles an event", "void M(System.ComponentModel.BackgroundWorker worker) => worker.Disposed += Over; void Over(object sender, EventArgs e) { _ = [|SendAsync|](1); }")]
    [InlineData("markup may attach it to an event", "void Over(object sender, EventArgs e) { _ = [|SendAsync|](1); }")]
    [InlineData("a contract from elsewhere is implemented", "class A(Subject s) : IObserver<int> { public void OnCompleted() { } public void OnError(Exception e) { } public void OnNext(int id) { _ = [|s.SendAsync|](id); } }")]
    [InlineData("a struct would change a copy", "struct Job { public int Id; public void Go() { _ = [|RunAsync|](); } Task RunAsync() => System.IO.File.ReadAllTextAsync(\"x\" + Id); }")]
    [InlineData("the work never ends", "void Start() { _ = [|PollAsync|](); } async Task PollAsync() { while (true) { await Task.Delay(1); await SendAsync(1); } }")]
    [InlineData("the work given away never ends", "void Start() { _ = [|Task.Run|](async () => {\n while (true) { await Task.Delay(1); await SendAsync(1); } }); }")]
    [InlineData("a wait there has no async sibling", "void Welcome(ManualResetEvent signal) { _ = [|SendAsync|](1); signal.WaitOne(); }")]
    [InlineData("a caller's task would be lost in turn", "void Welcome() { _ = [|SendAsync|](1); } async Task RunAsync() { await Task.Yield(); Welcome(); } void Start() { _ = RunAsync(); }")]
    [InlineData("a loop that calls it would die", "async Task RunAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) { Poll(); await Task.Delay(1, stop); } }\nvoid Poll() { _ = [|SendAsync|](1); }\nvoid Start() => _ = RunAsync(default);")]
    [InlineData("an async void caller would end the process", "async void Start() { await Task.Delay(1); Welcome(); } void Welcome() { _ = [|SendAsync|](1); }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + Send);
    }

    private static Task Awaited(string before, string after) => FixesAsync(UnobservedTaskFix.Await, before + Send, after + Send);
}
