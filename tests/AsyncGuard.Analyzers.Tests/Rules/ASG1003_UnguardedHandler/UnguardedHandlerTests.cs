using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class UnguardedHandlerTests : RuleTests<UnguardedHandlerAnalyzer>
{
    private const string Fails = "\nTask FailAsync() => System.IO.File.ReadAllTextAsync(\"x\");";

    [Fact]
    public Task Says_what_becomes_of_an_exception_in_an_event_handler() => SaysAsync(
        "An exception in the event handler 'OnClick' ends the process because nobody can await it; catch it in the body",
        "async void {|#0:OnClick|}(object sender, EventArgs e) => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Says_why_a_function_has_to_return_void() => SaysAsync(
        "An exception in 'Dispose', which has to return void, ends the process because nobody can await it; catch it in the body",
        "class C : IDisposable { public async void {|#0:Dispose|}() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Says_why_an_explicit_implementation_has_to_return_void() => SaysAsync(
        "An exception in 'Go', which has to return void, ends the process because nobody can await it; catch it in the body",
        "interface IGo { void Go(); }\nclass C : IGo { async void IGo.{|#0:Go|}() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Theory]
    [InlineData("event Action Tick;\nvoid M() { Tick += OnTick; }\nasync void {|#0:OnTick|}()")]
    [InlineData("class B { protected virtual void OnTick(object sender, EventArgs e) { } }\nclass C : B { protected override async void {|#0:OnTick|}(object sender, EventArgs e)")]
    public Task Says_event_handler_of_one_that_is_attached_or_has_the_signature_of_one(string handler) => SaysAsync(
        "An exception in the event handler 'OnTick' ends the process because nobody can await it; catch it in the body",
        handler + " => await System.IO.File.ReadAllTextAsync(\"x\");" + (handler.Contains("class", StringComparison.Ordinal) ? " }" : ""));

    [Fact]
    public Task Says_which_event_a_lambda_handles() => SaysAsync(
        "An exception in this handler of 'Tick' ends the process because nobody can await it; catch it in the body",
        "event Action Tick;\nvoid M() { Tick += {|#0:async|} () => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Reports_a_handler_by_its_signature_alone() => Reports("async void [|OnClick|](object sender, EventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_a_handler_with_arguments_of_its_own() => Reports(
        "class TickEventArgs : EventArgs { }\nasync void [|OnTick|](object sender, TickEventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_arguments_that_only_are_called_so() => Reports(
        "class RoutedEventArgs { }\nasync void [|OnTick|](Subject sender, RoutedEventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_generic_arguments() => Reports("async void [|OnTick|]<T>(object sender, T e) where T : EventArgs => await FailAsync();");

    [Fact]
    public Task Reports_a_method_that_is_attached() => Reports(
        "event Action Tick;\nvoid M() { Tick += OnTick; }\nasync void [|OnTick|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_that_another_file_attaches() => ReportsAsync(
        "public event Action Tick;\npublic async void [|OnTick|]() => await System.IO.File.ReadAllTextAsync(\"x\");",
        Has.Source("Other.cs", "class Other { void M(Subject it) { it.Tick += it.OnTick; } }"));

    [Fact]
    public Task Reports_a_method_attached_as_a_new_delegate() => Reports(
        "event Action Tick;\nvoid M() { Tick += new Action(OnTick); }\nasync void [|OnTick|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_attached_through_a_local() => Reports(
        "event Action Tick;\nvoid M() { Action handler = OnTick; Tick += handler; }\nasync void [|OnTick|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_local_function_that_is_attached() => Reports(
        "event Action Tick;\nvoid M() { Tick += OnTick; async void [|OnTick|]() => await FailAsync(); }");

    [Fact]
    public Task Reports_an_override() => Reports(
        "class B { protected virtual void OnShown() { } }\nclass C : B { protected override async void [|OnShown|]() => await Subject.GoAsync(); }\nstatic Task GoAsync() => System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_an_implementation() => Reports(
        "interface IGo { void Go(); }\nclass C : IGo { public async void [|Go|]() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Reports_an_explicit_implementation() => Reports(
        "interface IGo { void Go(); }\nclass C : IGo { async void IGo.[|Go|]() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Reports_a_command() => Reports(
        "class C : System.Windows.Input.ICommand { public event EventHandler CanExecuteChanged; public bool CanExecute(object p) => true; public async void [|Execute|](object p) => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Reports_a_partial_method() => ReportsAsync(
        "async void M() { await Task.Yield(); }",
        Has.Source("Part.cs", "partial class P { partial void OnNameChanged(string name); void Set() => OnNameChanged(\"\"); }"),
        Has.Source("Whole.cs", "partial class P { async partial void [|OnNameChanged|](string name) => await System.IO.File.ReadAllTextAsync(name); }"));

    [Theory]
    [InlineData("event Action Tick;", "Tick")]
    [InlineData("static event Action Tick;", "Subject.Tick")]
    [InlineData("event Action Tick { add { } remove { } }", "this.Tick")]
    [InlineData("public virtual event Action Tick;", "Tick")]
    [InlineData("Action Tick;", "Tick")]
    [InlineData("Action Tick { get; set; }", "Tick")]
    [InlineData("interface I { event Action Tick; }\nI _i;", "_i.Tick")]
    public Task Reports_a_lambda_attached_to(string declared, string target) => Reports($"{declared}\nvoid M() {{ {target} += [|async|] () => await FailAsync(); }}");

    [Theory]
    [InlineData("async () => await FailAsync()")]
    [InlineData("async delegate { await FailAsync(); }")]
    [InlineData("new Action(async () => await FailAsync())")]
    [InlineData("(Action)(async () => await FailAsync())")]
    public Task Reports_an_attached(string handler) => Reports($"event Action Tick;\nvoid M() {{ Tick += {handler.Replace("async", "[|async|]", StringComparison.Ordinal)}; }}");

    [Fact]
    public Task Reports_a_lambda_that_a_local_holds_until_it_is_attached() => Reports(
        "event Action Tick;\nvoid M() { Action handler = null; handler = [|async|] () => { Tick -= handler; await FailAsync(); }; Tick += handler; }");

    [Fact]
    public Task Reports_a_lambda_of_a_handler_s_type() => Reports("EventHandler M() => [|async|] (sender, e) => await FailAsync();");

    [Fact]
    public Task Reports_an_anonymous_method_of_a_handler_s_type() => Reports("EventHandler M() => [|async|] delegate { await FailAsync(); };");

    [Fact]
    public Task Reports_a_timer_s_event() => Reports("void M(System.Timers.Timer timer) { timer.Elapsed += [|async|] (_, _) => await FailAsync(); }");

    [Fact]
    public Task Reports_a_failure_five_calls_away() => ReportsAsync(
        """
        async void [|OnClick|](object sender, EventArgs e) => await AAsync();
        async Task AAsync() => await BAsync();
        async Task BAsync() => await CAsync();
        Task CAsync() => DAsync();
        async Task DAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        """);

    [Fact]
    public Task Reports_a_body_that_catches_one_kind_of_exception() => Reports(
        "async void [|OnClick|](object sender, EventArgs e) { try { await FailAsync(); } catch (System.IO.IOException) { } }");

    [Fact]
    public Task Reports_a_handler_that_catches_and_throws() => Reports(
        "async void [|OnClick|](object sender, EventArgs e) { try { await FailAsync(); } catch (Exception) { throw; } }");

    [Fact]
    public Task Reports_a_failure_before_the_try() => Reports(
        "async void [|OnClick|](object sender, EventArgs e) { var text = System.IO.File.ReadAllText(\"x\"); try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex + text); } }");

    [Fact]
    public Task Is_silent_on_a_guarded_handler() => Silent(
        "async void OnClick(object sender, EventArgs e) { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_where_a_callee_guards() => Silent(
        "async void OnClick(object sender, EventArgs e) => await SafeAsync();\nasync Task SafeAsync() { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_on_a_body_guarded_by_the_runtime() => SilentAsync(
        "using AsyncGuard;\nasync void OnClick(object sender, EventArgs e) => await Guard.TryAsync(\"OnClick\", ct => System.IO.File.ReadAllTextAsync(\"x\", ct));", Has.Runtime);

    [Fact]
    public Task Is_silent_on_a_wait_that_only_cancellation_ends() => Silent("async void OnClick(object sender, EventArgs e) { await Task.Delay(100); Console.WriteLine(\"done\"); }");

    [Fact]
    public Task Is_silent_on_a_handler_that_is_not_async() => Silent("void OnClick(object sender, EventArgs e) => System.IO.File.ReadAllText(\"x\");");

    [Fact]
    public Task Is_silent_on_a_handler_that_returns_a_task() => Silent("event Func<Task> Tick;\nvoid M() { Tick += async () => await FailAsync(); }");

    [Fact]
    public Task Is_silent_on_async_void_that_nobody_attaches() => Silent("void M() => Go();\nasync void Go() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_a_lambda_that_a_call_takes() => Silent("void M() { Call(async () => await FailAsync()); }\nvoid Call(Action it) => it();");

    [Fact]
    public Task Is_silent_on_a_lambda_that_is_taken_off() => Silent("event Action Tick;\nvoid M() { Tick -= async () => await FailAsync(); }");

    [Fact]
    public Task Is_silent_on_a_lambda_of_a_handler_s_type_that_is_taken_off() => Silent("event EventHandler Tick;\nvoid M() { Tick -= async (s, e) => await FailAsync(); }");

    [Fact]
    public Task Is_silent_on_a_method_that_is_only_taken_off() => Silent("event Action Tick;\nvoid M() { Tick -= OnTick; }\nasync void OnTick() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_generated_code() => SilentAsync(
        "void M() { }", Has.Source("Form.g.cs", "class Form { async void OnClick(object s, System.EventArgs e) => await System.IO.File.ReadAllTextAsync(\"x\"); }"));

    [Fact]
    public Task Is_silent_on_a_handler_that_calls_itself() => Silent(
        "async void OnClick(object sender, EventArgs e) { await Task.Yield(); OnClick(sender, e); }");

    private static Task Reports(string members) => ReportsAsync(members + Fails);

    private static Task Silent(string members) => SilentAsync(members + Fails);

    [Theory]
    [InlineData("AppDomain.CurrentDomain.UnhandledException += OnEnd;")]
    [InlineData("AppDomain.CurrentDomain.UnhandledException += async (_, _) => await FailAsync(); AppDomain.CurrentDomain.UnhandledException += OnEnd;")]
    public Task Is_silent_where_the_process_ends_already(string statement) => Silent($"void M() {{ {statement} }}\nasync void OnEnd(object sender, EventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_where_the_process_does_not_wait_for_it() => Reports("void M() { AppDomain.CurrentDomain.ProcessExit += OnEnd; }\nasync void [|OnEnd|](object sender, EventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_a_handler_that_also_runs_before_the_end_elsewhere() => Reports(
        "class AppDomain { public event EventHandler Started; void M() { Started += OnStart; } async void [|OnStart|](object sender, EventArgs e) => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Is_silent_where_a_lost_exception_is_only_marked_as_seen() => Silent(
        "void M() { TaskScheduler.UnobservedTaskException += OnLost; }\nasync void OnLost(object sender, UnobservedTaskExceptionEventArgs e) { await Task.Yield(); e.SetObserved(); Console.Error.WriteLine(e.Exception); }");
}
