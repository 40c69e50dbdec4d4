using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class AsyncVoidFunctionTests : RuleTests<AsyncVoidFunctionAnalyzer>
{
    private const string Fails = "\nTask FailAsync() => System.IO.File.ReadAllTextAsync(\"x\");";

    [Fact]
    public Task Says_what_becomes_of_the_exception() => SaysAsync(
        "An exception in 'Save' ends the process because async void gives its callers nothing to await; return Task and await it",
        "async void {|#0:Save|}() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_a_method() => Reports("async void [|Save|]() { await FailAsync(); }");

    [Fact]
    public Task Reports_a_public_static_method() => ReportsAsync("public static async void [|Save|]() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_a_generic_method() => Reports("async void [|Save|]<T>(T it) { await FailAsync(); GC.KeepAlive(it); }");

    [Fact]
    public Task Reports_a_local_function() => Reports("void M() { Save(); async void [|Save|]() => await FailAsync(); }");

    [Fact]
    public Task Reports_a_static_local_function() => ReportsAsync("void M() { Save(); static async void [|Save|]() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Reports_a_virtual_method() => Reports("public virtual async void [|Save|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_called_like_a_handler_that_is_none() => Reports("void M() => OnSaved(1);\nasync void [|OnSaved|](int id) => await FailAsync();");

    [Fact]
    public Task Reports_a_method_with_an_argument_of_an_event_s_type_alone() => Reports("void M(EventArgs e) => Save(e);\nasync void [|Save|](EventArgs e) => await FailAsync();");

    [Fact]
    public Task Reports_a_method_that_is_called_and_given_away() => Reports("void M() { Save(); Call(Save); }\nvoid Call(Action it) => it();\nasync void [|Save|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_throw() => Reports("async void [|Save|]() { await Task.Yield(); throw new InvalidOperationException(); }");

    [Fact]
    public Task Reports_a_failure_five_calls_away() => ReportsAsync(
        """
        async void [|Save|]() => await AAsync();
        async Task AAsync() => await BAsync();
        async Task BAsync() => await CAsync();
        Task CAsync() => DAsync();
        async Task DAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        """);

    [Fact]
    public Task Reports_a_handler_that_throws_again() => Reports("async void [|Save|]() { try { await FailAsync(); } catch { throw; } }");

    [Fact]
    public Task Reports_a_method_that_is_only_taken_off_an_event() => Reports("event Action Tick;\nvoid M() { Tick -= OnTick; }\nasync void [|OnTick|]() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_named_in_nameof() => Reports("string Name => nameof(Save);\nasync void [|Save|]() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_a_guarded_body() => Silent("async void Save() { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_on_a_body_that_lets_only_cancellation_through() => Silent(
        "async void Save(CancellationToken stop) { try { await FailAsync(); } catch (Exception ex) when (ex is not OperationCanceledException) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_where_the_callee_guards() => Silent(
        "async void Save() => await SafeAsync();\nasync Task SafeAsync() { try { await FailAsync(); } catch (Exception ex) { Console.WriteLine(ex); } }");

    [Fact]
    public Task Is_silent_on_a_body_that_cannot_fail() => Silent("async void Save() { await Task.Delay(10); Console.WriteLine(\"saved\"); }");

    [Fact]
    public Task Is_silent_on_an_event_handler() => Silent("async void OnClick(object sender, EventArgs e) => await FailAsync();");

    [Fact]
    public Task Is_silent_on_a_method_that_is_attached() => Silent("event Action Tick;\nvoid M() { Tick += OnTick; }\nasync void OnTick() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_an_override() => Silent("class B { public virtual void Go() { } }\nclass C : B { public override async void Go() => await new Subject().FailAsync(); }");

    [Fact]
    public Task Is_silent_on_an_implementation() => SilentAsync("class C : IDisposable { public async void Dispose() => await System.IO.File.ReadAllTextAsync(\"x\"); }");

    [Fact]
    public Task Is_silent_on_a_timer_s_callback() => Silent(
        "Timer _timer;\nvoid M() { _timer = new Timer(OnTick, null, 0, 1000); }\nasync void OnTick(object state) => await FailAsync();");

    [Fact]
    public Task Is_silent_on_a_method_that_is_only_given_away() => Silent("void M() { Call(Save); }\nvoid Call(Action it) => it();\nasync void Save() => await FailAsync();");

    [Theory]
    [InlineData("Fact")]
    [InlineData("SlowFact")]
    [InlineData("Theory")]
    [InlineData("Test")]
    [InlineData("TestCase")]
    [InlineData("TestMethod")]
    public Task Is_silent_on_a_test(string attribute) => Silent(
        $"class FactAttribute : Attribute {{ }}\nclass SlowFactAttribute : FactAttribute {{ }}\nclass TheoryAttribute : Attribute {{ }}\nclass TestAttribute : Attribute {{ }}\nclass TestCaseAttribute : Attribute {{ }}\nclass TestMethodAttribute : Attribute {{ }}\n[{attribute}]\npublic async void It_is_saved() => await FailAsync();");

    [Fact]
    public Task Reports_a_method_with_another_attribute() => Reports("[Obsolete]\nasync void [|Save|]() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_lambdas() => Silent("Action M() => async () => await FailAsync();");

    [Fact]
    public Task Is_silent_on_async_functions_that_return_a_task() => Silent("async Task SaveAsync() => await FailAsync();");

    [Fact]
    public Task Is_silent_on_generated_code() => SilentAsync(
        "void M() { }", Has.Source("Form.g.cs", "class Form { async void Save() => await System.IO.File.ReadAllTextAsync(\"x\"); }"));

    [Fact]
    public Task Is_silent_on_functions_that_call_each_other() => Silent("async void A() { await Task.Yield(); B(); }\nasync void B() { await Task.Yield(); A(); }");

    private static Task Reports(string members) => ReportsAsync(members + Fails);

    private static Task Silent(string members) => SilentAsync(members + Fails);
}
