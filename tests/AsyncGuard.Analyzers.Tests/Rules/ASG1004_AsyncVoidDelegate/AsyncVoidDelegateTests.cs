using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class AsyncVoidDelegateTests : RuleTests<AsyncVoidDelegateAnalyzer>
{
    private const string Fails = "\nTask FailAsync() => System.IO.File.ReadAllTextAsync(\"x\");";

    [Theory]
    [InlineData("'ForEach' does not wait for this async lambda and its exception ends the process; await in a foreach loop", "new System.Collections.Generic.List<int>().ForEach({|#0:async|} _ => await FailAsync());")]
    [InlineData("'Parallel.ForEach' does not wait for this async lambda and its exception ends the process; await Parallel.ForEachAsync", "Parallel.ForEach(new[] { 1 }, {|#0:async|} _ => await FailAsync());")]
    [InlineData("'new Thread' does not wait for this async lambda and its exception ends the process; await Task.Run or run it supervised", "new Thread({|#0:async|} () => await FailAsync()).Start();")]
    [InlineData("'ThreadPool.QueueUserWorkItem' does not wait for this async lambda and its exception ends the process; await Task.Run or run it supervised", "ThreadPool.QueueUserWorkItem({|#0:async|} _ => await FailAsync());")]
    [InlineData("'Register' does not wait for this async lambda and its exception ends the process; run it supervised or catch the exception in it", "default(CancellationToken).Register({|#0:async|} () => await FailAsync());")]
    [InlineData("'new Timer' does not wait for this async lambda and its exception ends the process; let a supervisor run it every period or catch the exception in it", "_ = new Timer({|#0:async|} _ => await FailAsync(), null, 0, 100);")]
    [InlineData("'new Timer' does not wait for this async method and its exception ends the process; let a supervisor run it every period or catch the exception in it", "_ = new Timer({|#0:OnTick|}, null, 0, 100);")]
    [InlineData("A delegate that returns void does not wait for this async lambda and its exception ends the process; pass it where a task is awaited or catch the exception in it", "Action later = {|#0:async|} () => await FailAsync(); later();")]
    public Task Says(string message, string statement) => SaysAsync(message, $"void M() {{ {statement} }}\nasync void OnTick(object state) => await FailAsync();" + Fails);

    [Theory]
    [InlineData("ForEach", "await in a foreach loop", "Array.ForEach(new[] { 1 }, {0} _ => await FailAsync());", "Array.")]
    [InlineData("ForAll", "pass it where a task is awaited or catch the exception in it", "ParallelEnumerable.Range(0, 9).ForAll({0} _ => await FailAsync());")]
    [InlineData("Invoke", "await Parallel.ForEachAsync", "Parallel.Invoke({0} () => await FailAsync());", "Parallel.")]
    [InlineData("Invoke", "await Parallel.ForEachAsync", "Parallel.Invoke([{0} () => await FailAsync()]);", "Parallel.")]
    [InlineData("For", "await Parallel.ForEachAsync", "Parallel.For(0, 9, {0} _ => await FailAsync());", "Parallel.")]
    [InlineData("UnsafeRegister", "run it supervised or catch the exception in it", "default(CancellationToken).UnsafeRegister({0} _ => await FailAsync(), null);")]
    [InlineData("UnsafeQueueUserWorkItem", "await Task.Run or run it supervised", "ThreadPool.UnsafeQueueUserWorkItem({0} _ => await FailAsync(), null);", "ThreadPool.")]
    [InlineData("CreateTimer", "let a supervisor run it every period or catch the exception in it", "_ = TimeProvider.System.CreateTimer({0} _ => await FailAsync(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("Task", "await Task.Run or run it supervised", "new Task({0} () => await FailAsync()).Start();", "new ")]
    [InlineData("Thread", "await Task.Run or run it supervised", "new Thread(1 > 2 ? (ThreadStart)null : {0} () => await FailAsync()).Start();", "new ")]
    [InlineData("Thread", "await Task.Run or run it supervised", "ThreadStart start = null; new Thread(start ?? ({0} () => await FailAsync())).Start();", "new ")]
    public Task Says_who_does_not_wait(string taker, string cure, string statement, string of = "") => SaysAsync(
        $"'{of}{taker}' does not wait for this async lambda and its exception ends the process; {cure}", $"using System.Linq;\nvoid M() {{ {statement.Replace("{0}", "{|#0:async|}", StringComparison.Ordinal)} }}" + Fails);

    [Theory]
    [InlineData("'Run'", "void Run(Action it) => it();", "Run({0});")]
    [InlineData("'ForEach'", "int ForEach(Action it) { it(); return 1; }", "ForEach({0});")]
    [InlineData("'Invoke'", "void Invoke(Action it) => it();", "Invoke({0});")]
    [InlineData("'Register'", "void Register(Action it) => it();", "Register({0});")]
    [InlineData("'QueueUserWorkItem'", "void QueueUserWorkItem(Action it) => it();", "QueueUserWorkItem({0});")]
    [InlineData("'CreateTimer'", "void CreateTimer(Action it) => it();", "CreateTimer({0});")]
    [InlineData("'new Thread'", "class Thread(Action it) { public void Start() => it(); }", "new Thread({0}).Start();")]
    [InlineData("'new Task'", "class Task(Action it) { public void Start() => it(); }", "new Task({0}).Start();")]
    [InlineData("'new Timer'", "class Timer(Action it) { public void Start() => it(); }", "new Timer({0}).Start();")]
    public Task Says_nothing_special_of_one_s_own_that_only_is_called_so(string taker, string declared, string statement) => SaysAsync(
        $"{taker} does not wait for this async lambda and its exception ends the process; pass it where a task is awaited or catch the exception in it",
        $"void M() {{ {statement.Replace("{0}", "{|#0:async|} () => await System.IO.File.ReadAllTextAsync(\"x\")", StringComparison.Ordinal)} }}\n{declared}");

    [Fact]
    public Task Reports_a_lambda_of_a_task_that_is_awaited() => Reports("async Task M() => await Task.Factory.StartNew(new Action([|async|] () => await FailAsync()));");

    [Theory]
    [InlineData("void Go() => System.IO.File.Delete(\"x\");", "new Thread(Go).Start();")]
    [InlineData("async Task Go() => await FailAsync();", "Func<Task> go = Go; go().Wait();")]
    public Task Is_silent_on_a_method_that_is_not_async_void(string declared, string statement) => Silent($"void M() {{ {statement} }}\n{declared}");

    [Theory]
    [InlineData("new System.Collections.Generic.List<int>().ForEach([|async|] n => await FailAsync());")]
    [InlineData("Array.ForEach(new[] { 1 }, [|async|] n => await FailAsync());")]
    [InlineData("Parallel.ForEach(new[] { 1 }, [|async|] n => await FailAsync());")]
    [InlineData("Parallel.ForEach(new[] { 1 }, [|async|] (n, state) => await FailAsync());")]
    [InlineData("Parallel.For(0, 9, [|async|] n => await FailAsync());")]
    [InlineData("Parallel.Invoke([|async|] () => await FailAsync());")]
    [InlineData("System.Linq.ParallelEnumerable.ForAll(System.Linq.ParallelEnumerable.Range(0, 9), [|async|] n => await FailAsync());")]
    [InlineData("new Thread([|async|] () => await FailAsync()).Start();")]
    [InlineData("new Thread([|async|] state => await FailAsync()).Start(1);")]
    [InlineData("var t = new Thread(new ThreadStart([|async|] () => await FailAsync())) { IsBackground = true }; t.Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem([|async|] _ => await FailAsync());")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem([|async|] delegate { await FailAsync(); }, null);")]
    [InlineData("default(CancellationToken).Register([|async|] () => await FailAsync());")]
    [InlineData("default(CancellationToken).Register([|async|] state => await FailAsync(), null);")]
    [InlineData("default(CancellationToken).UnsafeRegister([|async|] state => await FailAsync(), null);")]
    [InlineData("_ = new Timer([|async|] _ => await FailAsync(), null, 0, 100);")]
    [InlineData("_ = new Timer([|async|] delegate { await FailAsync(); }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("_ = TimeProvider.System.CreateTimer([|async|] _ => await FailAsync(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("new Task([|async|] () => await FailAsync()).Start();")]
    [InlineData("new Progress<int>([|async|] n => await FailAsync());")]
    [InlineData("SynchronizationContext.Current.Post([|async|] _ => await FailAsync(), null);")]
    [InlineData("new System.Collections.Generic.List<Action>().Add([|async|] () => await FailAsync());")]
    [InlineData("Action a = [|async|] () => await FailAsync(); a();")]
    [InlineData("var a = (Action)([|async|] () => await FailAsync()); a();")]
    [InlineData("var a = new Action([|async|] () => await FailAsync()); a();")]
    [InlineData("Action[] all = { [|async|] () => await FailAsync() }; all[0]();")]
    [InlineData("Action a = null; a = [|async|] () => await FailAsync(); a();")]
    public Task Reports_a_lambda_given_to(string statement) => Reports($"void M() {{ {statement} }}");

    [Theory]
    [InlineData("Run([|GoAsync|]);")]
    [InlineData("Run(this.[|GoAsync|]);")]
    [InlineData("Run(new Action([|GoAsync|]));")]
    [InlineData("Action a = [|GoAsync|]; a();")]
    [InlineData("new Thread([|GoAsync|]).Start();")]
    public Task Reports_a_method_given_to(string statement) => Reports($"void M() {{ {statement} }}\nvoid Run(Action it) => it();\nasync void GoAsync() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_once_however_often_it_is_given_away() => Reports(
        "void M() { Run([|GoAsync|]); Run(GoAsync); }\nvoid N() { Run(GoAsync); }\nvoid Run(Action it) => it();\nasync void GoAsync() => await FailAsync();");

    [Fact]
    public Task Reports_a_local_function_as_a_delegate() => Reports("void M() { Run([|Go|]); async void Go() => await FailAsync(); }\nvoid Run(Action it) => it();");

    [Fact]
    public Task Reports_a_lambda_in_a_field() => ReportsAsync("static Action _later = [|async|] () => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_a_lambda_returned() => Reports("Action M() => [|async|] () => await FailAsync();");

    [Fact]
    public Task Reports_a_lambda_inside_a_guarded_call() => Reports(
        "void M() { try { Run([|async|] () => await FailAsync()); } catch (Exception ex) { Console.WriteLine(ex); } }\nvoid Run(Action it) => it();");

    [Fact]
    public Task Reports_both_parts_of_a_choice() => Reports("void M(bool b) { Action a = b\n? [|async|] () => await FailAsync()\n: [|async|] () => await FailAsync(); a(); }");

    [Fact]
    public Task Reports_a_failure_five_calls_away() => ReportsAsync(
        """
        void M() { new Thread([|async|] () => await AAsync()).Start(); }
        async Task AAsync() => await BAsync();
        async Task BAsync() => await CAsync();
        Task CAsync() => DAsync();
        async Task DAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        """);

    [Fact]
    public Task Is_silent_on_a_guarded_body() => Silent("void M() { Run(async () => { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }); }\nvoid Run(Action it) => it();");

    [Fact]
    public Task Is_silent_on_a_guarded_timer_callback() => Silent(
        "void M() { _ = new Timer(OnTick, null, 0, 100); }\nasync void OnTick(object state) { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_where_the_callee_guards() => Silent(
        "void M() { Run(async () => await SafeAsync()); }\nvoid Run(Action it) => it();\nasync Task SafeAsync() { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_on_a_body_guarded_by_the_runtime() => SilentAsync(
        "using AsyncGuard;\nvoid M() { new Thread(async () => await Guard.TryAsync(\"M\", ct => System.IO.File.ReadAllTextAsync(\"x\", ct))).Start(); }", Has.Runtime);

    [Fact]
    public Task Is_silent_on_a_body_that_cannot_fail() => Silent("void M() { Run(async () => { await Task.Delay(9); Console.WriteLine(\"done\"); }); }\nvoid Run(Action it) => it();");

    [Theory]
    [InlineData("_ = Task.Run(async () => await FailAsync());")]
    [InlineData("Func<Task> f = async () => await FailAsync(); _ = f();")]
    [InlineData("var f = async () => await FailAsync(); _ = f();")]
    [InlineData("_ = Task.Factory.StartNew(async () => await FailAsync());")]
    [InlineData("_ = Parallel.ForEachAsync(new[] { 1 }, async (n, ct) => await FailAsync());")]
    [InlineData("_ = System.Linq.Enumerable.Select(new[] { 1 }, async n => await FailAsync());")]
    public Task Is_silent_on_a_delegate_that_returns_a_task(string statement) => Silent($"void M() {{ {statement} }}");

    [Theory]
    [InlineData("void M() { _ = Task.Factory.StartNew(new Action([|async|] () => await FailAsync())); }")]
    [InlineData("void M() => Task.Factory.StartNew([|Work|]); async void Work() => await FailAsync();")]
    [InlineData("Task _work; void M() => _work = Task.Run(new Action([|Work|])); async void Work() => await FailAsync();")]
    public Task Reports_where_the_task_around_it_is_dropped_as_well(string members) => Reports(members);

    [Fact]
    public Task Is_silent_in_a_dropped_call_of_another_kind() => Silent("void M() { _ = StartAsync(async () => await FailAsync()); }\nasync Task StartAsync(Action it) { await Task.Yield(); it(); }");

    [Fact]
    public Task Is_silent_where_a_scoped_service_goes_along() => SilentAsync(
        "void M(Shop db) { ThreadPool.QueueUserWorkItem(async _ => await db.SaveChangesAsync()); }" + ScopeEscapeTests.World, ScopeEscapeTests.Libraries);

    [Fact]
    public Task Is_silent_on_a_lambda_that_is_not_async() => Silent("void M() { Run(() => FailAsync()); }\nvoid Run(Action it) => it();");

    [Theory]
    [InlineData("Tick += async () => await FailAsync();")]
    [InlineData("Tick += Go;")]
    [InlineData("Tick -= Go;")]
    [InlineData("Tick -= async () => await FailAsync();")]
    [InlineData("EventHandler h = async (s, e) => await FailAsync(); h(null, null);")]
    [InlineData("Action later = async () => await FailAsync(); Tick += later;")]
    public Task Is_silent_on_an_event_handler(string statement) => Silent($"event Action Tick;\nvoid M() {{ {statement} }}\nasync void Go() => await FailAsync();");

    [Fact]
    public Task Is_silent_in_nameof() => Silent("string M() => nameof(Go);\nasync void Go() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_an_override_given_away() => Silent(
        "class B { public virtual void Go() { } }\nclass C : B { void M() => new Thread(Go).Start(); public override async void Go() => await new Subject().FailAsync(); }");

    [Fact]
    public Task Is_silent_on_generated_code() => SilentAsync(
        "void M() { }", Has.Source("Form.g.cs", "class Form { System.Action M() => async () => await System.IO.File.ReadAllTextAsync(\"x\"); }"));

    private static Task Reports(string members) => ReportsAsync(members + Fails);

    private static Task Silent(string members) => SilentAsync(members + Fails);

    [Fact]
    public Task Is_silent_on_a_method_that_is_also_called() => Silent( // ASG1002 speaks at its name
        "void M() { Run(Go); Go(); }\nvoid Run(Action it) => it();\nasync void Go() => await FailAsync();");
}
