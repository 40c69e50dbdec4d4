using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.Rules;

/// <summary>In which forms a task can be dropped, and in which places.</summary>
public sealed class DroppedFormsTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string Send = "\nTask SendAsync(int id) => System.IO.File.ReadAllTextAsync(\"x\" + id);";

    [Fact]
    public Task Reports_a_configured_discard() => ReportsAsync("void M(System.Net.Http.HttpClient web) { _ = [|web.GetAsync|](\"/\").ConfigureAwait(false); }");

    [Fact]
    public Task Reports_a_configured_discard_in_an_async_function() => ReportsAsync(
        "async Task M(System.Net.Http.HttpClient web) { _ = [|web.GetAsync|](\"/\").ConfigureAwait(false); await Task.Yield(); }");

    [Fact]
    public Task Reports_a_configured_statement() => ReportsAsync("void M() { [|SendAsync|](1).ConfigureAwait(false); }" + Send);

    [Fact]
    public Task Reports_a_ValueTask_as_a_task() => ReportsAsync("void M() { _ = [|WorkAsync|]().AsTask(); }\nasync ValueTask WorkAsync() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_a_preserved_ValueTask() => ReportsAsync("void M() { _ = [|WorkAsync|]().Preserve(); }\nasync ValueTask WorkAsync() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_an_unwrapped_task() => ReportsAsync("void M() { _ = [|Task.Factory.StartNew|](() => SendAsync(1)).Unwrap(); }" + Send);

    [Fact]
    public Task Reports_a_task_that_a_task_started() => ReportsAsync("void M() { [|Task.Factory.StartNew|](async () => { await SendAsync(1); }); }" + Send);

    [Fact]
    public Task Reports_a_conditional_access() => ReportsAsync("void M(Subject? s) { s?[|.SendAsync|](1); }" + Send);

    [Fact]
    public Task Reports_a_conditional_access_of_an_async_function_which_the_compiler_does_not() => ReportsAsync("async Task M(Subject? s) { s?[|.SendAsync|](1); await Task.Yield(); }" + Send);

    [Fact]
    public Task Reports_a_call_under_a_lock_of_an_async_function_which_the_compiler_does_not() => ReportsAsync("async Task M() { lock (this) { [|SendAsync|](1); } await Task.Yield(); }" + Send);

    [Theory]
    [InlineData("SendAsync(1);")]
    [InlineData("lock (this) { WorkAsync(); }")]
    [InlineData("lock (this) { Run(async () => { SendAsync(1); await Task.Yield(); }); }")]
    [InlineData("lock (this) { _ = GoAsync(); async Task GoAsync() { try { SendAsync(1); await Task.Yield(); } catch { } } }")]
    public Task Is_silent_on_a_call_of_an_async_function_which_the_compiler_reports(string statement) => SilentAsync(
        $"async Task M() {{ {statement} await Task.Yield(); }}\nvoid Run(Func<Task> it) => it().Wait();\nasync Task WorkAsync() => await SendAsync(1);" + Send);

    [Fact]
    public Task Is_silent_on_a_call_that_hands_back_its_receiver() => SilentAsync(
        "void M(Job job) { job.Named(\"x\"); job.AfterAsync(2); }",
        Has.Source("Job.cs", "abstract class Job { public abstract Job Named(string name); public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }\nstatic class Jobs { public static Job AfterAsync(this Job job, int seconds) => seconds == 0 ? throw new System.ArgumentException(\"x\") : job; }"));

    [Theory]
    [InlineData("Task")]
    [InlineData("ValueTask")]
    public Task Reports_a_task_that_an_extension_makes_of_a_task(string type) => ReportsAsync(
        $"void M({type} work) {{ _ = [|work.LoggedAsync|](); }}",
        Has.Source("Tasks.cs", $"using System.Threading.Tasks; static class Tasks {{ public static async {type} LoggedAsync(this {type} work) {{ await work; System.IO.File.Delete(\"x\"); }} }}"));

    [Fact]
    public Task Reports_a_delegate_s_task_under_its_name() => ReportsAsync(
        "void M(Func<Task> notify) { {|#0:notify|}(); }", Says("notify"));

    [Fact]
    public Task Reports_a_delegate_field_by_its_own_name() => ReportsAsync(
        "private Func<Task> _notify = () => Task.CompletedTask;\nvoid M() { {|#0:_notify|}(); }", Says("_notify"));

    [Fact]
    public Task Reports_a_delegate_that_may_be_null_under_its_name() => ReportsAsync(
        "void M(Func<Task>? notify) { notify?{|#0:.Invoke|}(); }", Says("notify"));

    [Theory]
    [InlineData("private Func<Task>? _notify; void M() { this._notify?{|#0:.Invoke|}(); }", "_notify")]
    [InlineData("void M() { Func<Task> go = () => Task.FromException(new Exception()); {|#0:go|}(); }", "go")]
    [InlineData("void M(Func<Task>[] hooks) { {|#0:hooks[0]|}(); }", "hooks")]
    [InlineData("void M(System.Collections.Generic.Dictionary<string, Func<Task>> hooks) { {|#0:hooks[\"x\"]|}(); }", "hooks")]
    public Task Reports_a_delegate_by_what_holds_it(string members, string name) => ReportsAsync(members, Says(name));

    [Theory]
    [InlineData("_ = SafeAsync().ContinueWith(t => t.Wait());")]
    [InlineData("_ = SafeAsync().ContinueWith(t => t.ConfigureAwait(false).GetAwaiter().GetResult());")]
    [InlineData("_ = SafeAsync().ContinueWith(async t => await t);")]
    [InlineData("_ = SafeAsync().ContinueWith(async t => await t.ConfigureAwait(false)).Unwrap();")]
    [InlineData("_ = [|SafeAsync().ContinueWith|](t => own.Wait());")]
    [InlineData("_ = [|SafeAsync().ContinueWith|](async t => await own);")]
    [InlineData("_ = [|SafeAsync().ContinueWith|](t => System.IO.File.Delete(\"x\"));")]
    public Task Asks_what_a_continuation_adds(string statement) => ReportsAsync(
        $"void M() {{ var own = SendAsync(1); {statement} own.Wait(); }}\nasync Task SafeAsync() {{ try {{ await SendAsync(1); }} catch (Exception e) {{ Console.WriteLine(e); }} }}" + Send);

    [Fact]
    public Task Reports_a_wait_for_a_while() => ReportsAsync("void M(CancellationToken t) { _ = [|SendAsync|](1).WaitAsync(t); }" + Send);

    [Fact]
    public Task Reports_a_callee_that_hands_on_a_delegate_s_task() => ReportsAsync(
        "void M(Hook hook) { try { _ = [|hook.NotifyAsync|](); } catch (Exception) { } }\nprivate class Hook(Func<Task> callback) { public Task NotifyAsync() => callback(); }");

    [Fact]
    public Task Reports_an_interface_s_method() => ReportsAsync("void M(ISender s) { _ = [|s.SendAsync|](); }\ninterface ISender { Task SendAsync(); }");

    [Fact]
    public Task Reports_a_choice_once() => ReportsAsync("void M(bool x) { _ = x ? [|SendAsync|](1) : SendAsync(2); }" + Send);

    [Fact]
    public Task Reports_the_failing_branch_of_a_choice() => ReportsAsync("void M(bool x) { _ = x ? Task.CompletedTask : [|SendAsync|](2); }" + Send);

    [Fact]
    public Task Reports_a_fallback() => ReportsAsync("void M(Subject? s) { _ = s?.SafeAsync() ?? [|SendAsync|](1); }\nasync Task SafeAsync() { await Task.Yield(); }" + Send);

    [Fact]
    public Task Reports_a_switch_expression_once() => ReportsAsync("void M(int x) { _ = x switch { 0 => Task.CompletedTask, 1 => [|SendAsync|](1), _ => SendAsync(2) }; }" + Send);

    [Fact]
    public Task Reports_a_call_that_may_not_be_null() => ReportsAsync("void M(Subject? s) { _ = [|s!.SendAsync|](1)!; }" + Send);

    [Fact]
    public Task Reports_parentheses() => ReportsAsync("void M() { _ = ([|SendAsync|](1)); }" + Send);

    [Fact]
    public Task Reports_a_conversion() => ReportsAsync("void M() { _ = (Task)[|LoadAsync|](); }\nTask<string> LoadAsync() => System.IO.File.ReadAllTextAsync(\"x\");");

    [Fact]
    public Task Reports_the_parts_of_a_for() => ReportsAsync("void M(bool x) { for ([|SendAsync|](1); x; ) { } }" + Send);

    [Fact]
    public Task Reports_a_body_of_an_event_handler_s_lambda() => ReportsAsync("event EventHandler? Saved;\nvoid M() => Saved += (_, _) => [|SendAsync|](1);" + Send);

    [Fact]
    public Task Reports_a_constructor() => ReportsAsync("class Start { public Start() => _ = [|new Subject().SendAsync|](1); }" + "\ninternal" + Send.Trim('\n').Insert(0, " "));

    [Fact]
    public Task Reports_a_setter() => ReportsAsync("int Id { set => _ = [|SendAsync|](value); }" + Send);

    [Fact]
    public Task Reports_an_indexer_an_operator_and_a_finaliser() => ReportsAsync(
        "int this[int i] { get { _ = [|SendAsync|](i); return i; } }\n~Subject() { _ = [|SendAsync|](0); }\npublic static Subject operator +(Subject a, Subject b) { _ = [|a.SendAsync|](1); return b; }" + Send);

    [Fact]
    public Task Reports_a_local_function() => ReportsAsync("void M() { Go(); void Go() => _ = [|SendAsync|](1); }" + Send);

    [Fact]
    public Task Reports_a_static_lambda() => ReportsAsync("Action Of() => static () => [|System.IO.File.ReadAllTextAsync|](\"x\");");

    [Fact]
    public Task Reports_a_synchronous_lambda_of_an_async_function() => ReportsAsync("async Task M() { Action go = () => [|SendAsync|](1); go(); await Task.Yield(); }" + Send);

    [Fact]
    public Task Reports_a_generic_callee() => ReportsAsync("void M() { _ = [|SaveAsync<int>|](1); }\nasync Task SaveAsync<T>(T it) => await System.IO.File.WriteAllTextAsync(\"x\", $\"{it}\");");

    [Fact]
    public Task Reports_a_record_s_member() => ReportsAsync("record Order(int Id) { public void Ship() => _ = [|System.IO.File.ReadAllTextAsync|]($\"{Id}\"); }");

    [Fact]
    public Task Reports_a_partial_method() => ReportsAsync("partial class Half { partial void Go(); }\npartial class Half { partial void Go() => _ = [|System.IO.File.ReadAllTextAsync|](\"x\"); }");

    [Fact]
    public Task Reports_a_primary_constructor_s_parameter() => ReportsAsync("class Mailer(System.Net.Http.HttpClient web) { public void Go() => _ = [|web.GetAsync|](\"/\"); }");

    [Fact]
    public Task Reports_a_method_group_of_a_local_s_own_type() => ReportsAsync(
        """
        void M(TaskScheduler where)
        {
            var monitor = new Monitor(TimeSpan.Zero);
            _ = [|Task.Factory.StartNew|](monitor.Run, CancellationToken.None, TaskCreationOptions.HideScheduler, where).Unwrap();
        }

        private sealed class Monitor(TimeSpan delay)
        {
            public async Task Run()
            {
                try
                {
                    await Task.Delay(delay);
                    await System.IO.File.ReadAllTextAsync("x");
                }
                catch (TaskCanceledException)
                {
                }
                catch (ArgumentException e)
                {
                    Console.WriteLine(e);
                }
            }
        }
        """);

    [Fact]
    public Task Reports_WhenAll() => ReportsAsync("void M() { _ = [|Task.WhenAll|](SendAsync(1), SendAsync(2)); }" + Send);

    [Fact]
    public Task Reports_a_type_of_one_s_own_that_can_be_awaited() => ReportsAsync(
        "void M(Job job) { _ = [|job.RunAsync|](); }\nabstract class Job { public abstract Promise RunAsync(); }\nclass Promise { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => default; }");

    [Fact]
    public Task Reports_without_nullable_annotations() => ReportsAsync("#nullable disable\nvoid M(Subject s) { _ = [|s.SendAsync|](1); }\n#nullable restore" + Send);

    [Fact]
    public Task Is_silent_on_what_is_waited_for() => SilentAsync("void M() { SendAsync(1).Wait(); SendAsync(1).GetAwaiter().GetResult(); _ = ReadAsync().Result; }\nTask<int> ReadAsync() => Task.FromResult(System.IO.File.ReadAllBytes(\"x\").Length);" + Send);

    [Fact]
    public Task Is_silent_on_an_argument() => SilentAsync("private static Task? _kept;\nvoid M() { Keep(SendAsync(1)); GC.KeepAlive(SendAsync(2)); }\nstatic void Keep(Task t) { _kept = t; }" + Send);

    [Fact]
    public Task Is_silent_on_a_returned_task() => SilentAsync("Task M() { return SendAsync(1); }\nFunc<Task> F() => () => SendAsync(1);" + Send);

    [Fact]
    public Task Is_silent_on_nameof() => SilentAsync("string M() => nameof(SendAsync);" + Send);

    [Fact]
    public Task Is_silent_on_a_property_s_task() => SilentAsync("void M(System.Threading.Channels.ChannelReader<int> r) { _ = r.Completion; }");

    [Fact]
    public Task Is_silent_where_the_code_around_does_not_bind() => SilentAsync("void M() { {|CS0103:Verify|}(() => { SendAsync(1); }); }" + Send);

    [Fact]
    public Task Is_silent_where_the_call_does_not_bind() => SilentAsync("void M() { _ = SendAsync({|CS0103:nothing|}); {|CS0103:WorkAsync|}(); }" + Send);

    [Fact]
    public Task Is_silent_in_generated_code() => SilentAsync("", Has.Source("A.g.cs", "class A { void M() { _ = System.IO.File.ReadAllTextAsync(\"x\"); } }"));

    [Fact]
    public Task Is_silent_on_guarded_branches() => SilentAsync("void M(bool x) { _ = x ? SafeAsync() : Task.CompletedTask; }\nasync Task SafeAsync() { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch (Exception e) { Console.WriteLine(e); } }");

    [Fact]
    public Task Is_silent_on_guarded_tasks_of_WhenAll() => SilentAsync("void M() { _ = Task.WhenAll(SafeAsync(), SafeAsync()); }\nasync Task SafeAsync() { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch (Exception e) { Console.WriteLine(e); } }");

    [Fact]
    public Task Is_silent_on_a_guarded_method_group() => SilentAsync("void M() { Task.Run(SafeAsync); }\nasync Task SafeAsync() { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch (Exception e) { Console.WriteLine(e); } }");

    private static Given Says(string name) => project => ((SolutionState)project).ExpectedDiagnostics.Add(
        new DiagnosticResult(UnobservedTaskAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithArguments(name));
}
