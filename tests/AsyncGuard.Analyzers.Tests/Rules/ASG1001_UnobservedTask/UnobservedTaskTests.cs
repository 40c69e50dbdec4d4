using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class UnobservedTaskTests : RuleTests<UnobservedTaskAnalyzer, UnobservedTaskFix>
{
    private const string Send = "\nasync Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync(\"x\" + id, token);";

    [Fact]
    public Task Runs_a_dropped_call_supervised() => Supervised(
        "void Welcome(int id) { {|CS4014:[|SendAsync|](id)|}; }",
        "void Welcome(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }");

    [Fact]
    public Task Runs_a_discarded_call_supervised() => Supervised(
        "void Welcome(int id) { _ = [|SendAsync|](id); }",
        "void Welcome(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }");

    [Fact]
    public Task Uses_the_supervisor_at_hand() => Supervised(
        "private readonly Supervisor _tasks = new();\nvoid Welcome(int id) { _ = [|SendAsync|](id); }",
        "private readonly Supervisor _tasks = new();\nvoid Welcome(int id) { _tasks.Run(\"Send\", ct => SendAsync(id, ct)); }");

    [Fact]
    public Task Keeps_comments() => Supervised(
        """
        void Welcome(int id)
        {
            // tell them
            _ = [|SendAsync|](id); // soon
        }
        """,
        """
        void Welcome(int id)
        {
            // tell them
            Supervisor.Default.Run("Send", ct => SendAsync(id, ct)); // soon
        }
        """);

    [Fact]
    public Task Takes_the_lambda_out_of_Task_Run() => Supervised(
        "void Welcome(int id) { _ = [|Task.Run|](async () => { await SendAsync(id); Done(); }); }\nvoid Done() { }",
        "void Welcome(int id) { Supervisor.Default.Run(\"Welcome\", async ct => { await SendAsync(id, ct); Done(); }); }\nvoid Done() { }");

    [Fact]
    public Task Takes_the_method_group_out_of_Task_Run() => Supervised(
        "void Welcome() { [|Task.Run|](PollAsync); }\nTask PollAsync() => SendAsync(1);",
        "void Welcome() { Supervisor.Default.Run(\"Poll\", _ => PollAsync()); }\nTask PollAsync() => SendAsync(1);");

    [Fact]
    public Task Awaits_in_an_async_function() => FixesAsync(
        UnobservedTaskFix.Await,
        "async Task WelcomeAsync(int id) { _ = [|SendAsync|](id); await Task.Yield(); }" + Send,
        "async Task WelcomeAsync(int id) { await SendAsync(id); await Task.Yield(); }" + Send);

    [Fact]
    public Task Awaits_in_a_function_that_returns_a_task_anyway() => FixesAsync(
        UnobservedTaskFix.Await,
        """
        Task WelcomeAsync(int id)
        {
            _ = [|SendAsync|](id);
            return Task.CompletedTask;
        }
        """ + Send,
        """
        async Task WelcomeAsync(int id)
        {
            await SendAsync(id);
        }
        """ + Send);

    [Fact]
    public Task Awaits_what_may_be_null() => FixesAsync(
        UnobservedTaskFix.Await,
        "async Task WelcomeAsync(Subject? other) { _ = other?[|.SendAsync|](1); await Task.Yield(); }" + Send,
        "async Task WelcomeAsync(Subject? other) { await (other?.SendAsync(1) ?? Task.CompletedTask); await Task.Yield(); }" + Send);

    [Fact]
    public Task Reports_a_discarded_ValueTask() => Supervised(
        "void Flush() { _ = [|FlushAsync|](); }\nasync ValueTask FlushAsync() => await SendAsync(2);",
        "void Flush() { Supervisor.Default.Run(\"Flush\", async _ => await FlushAsync()); }\nasync ValueTask FlushAsync() => await SendAsync(2);");

    [Fact]
    public Task Reports_a_lambda_that_returns_nothing() => Supervised(
        "void Hook(Action<Action> on) => on(() => {|CS4014:[|SendAsync|](1)|});",
        "void Hook(Action<Action> on) => on(() => Supervisor.Default.Run(\"Send\", ct => SendAsync(1, ct)));");

    [Fact]
    public Task Reports_an_expression_bodied_member_that_returns_nothing() => Supervised(
        "void Welcome() => {|CS4014:[|SendAsync|](1)|};",
        "void Welcome() => Supervisor.Default.Run(\"Send\", ct => SendAsync(1, ct));");

    [Fact]
    public Task Takes_the_counter_before_it_moves_on() => Supervised(
        """
        void All()
        {
            for (var i = 0; i < 9; i++)
            {
                _ = [|SendAsync|](i);
            }
        }
        """,
        """
        void All()
        {
            for (var i = 0; i < 9; i++)
            {
                var id = i;
                Supervisor.Default.Run("Send", ct => SendAsync(id, ct));
            }
        }
        """);

    [Fact]
    public Task Is_not_fixed_in_a_constructor_without_the_runtime() => NotFixedAsync("Subject(int id) { _ = [|SendAsync|](id); }" + Send);

    [Fact]
    public Task Reports_unknown_code() => ReportsAsync("void Load() { _ = [|System.IO.File.ReadAllTextAsync|](\"x\"); }");

    [Fact]
    public Task Reports_a_discard_in_an_async_function() => ReportsAsync("async Task M() { _ = [|SendAsync|](1); await Task.Yield(); }" + Send);

    [Fact]
    public Task Leaves_statements_of_async_functions_to_the_compiler() => SilentAsync(
        "async Task M() {\n#pragma warning disable CS4014\n    SendAsync(1);\n#pragma warning restore CS4014\n    await Task.Yield(); }" + Send);

    [Fact]
    public Task Is_silent_where_the_callee_handles_its_own_errors() => SilentAsync(
        """
        void Start() { _ = PollAsync(); }

        async Task PollAsync()
        {
            try
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }
        }
        """);

    [Fact]
    public Task Is_silent_where_the_lambda_handles_its_own_errors() => SilentAsync(
        "void Start() { Task.Run(async () => { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch { } }); }");

    [Fact]
    public Task Is_silent_five_calls_deep() => SilentAsync(
        """
        void Start() { _ = AAsync(); }
        Task AAsync() => BAsync();
        async Task BAsync() => await CAsync();
        async Task CAsync() { await DAsync().ConfigureAwait(false); }
        Task DAsync() { return EAsync(); }
        async Task EAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception) { } }
        """);

    [Fact]
    public Task Reports_five_calls_deep() => ReportsAsync(
        """
        void Start() { _ = [|AAsync|](); }
        Task AAsync() => BAsync();
        async Task BAsync() => await CAsync();
        async Task CAsync() { await DAsync().ConfigureAwait(false); }
        Task DAsync() { return EAsync(); }
        async Task EAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        """);

    [Fact]
    public Task Is_silent_on_delays_and_yields() => SilentAsync("void Start(CancellationToken t) { _ = Task.Delay(1, t); Task.Delay(5); _ = Task.FromResult(1); }");

    [Fact]
    public Task Is_silent_on_a_stored_task() => SilentAsync("Task? _t;\nvoid Start() { _t = SendAsync(1); var u = SendAsync(2); GC.KeepAlive(u); }" + Send);

    [Fact]
    public Task Is_silent_on_a_discarded_variable() => SilentAsync("void Start(Task t) { _ = t; }");

    [Fact]
    public Task Is_silent_on_a_method_that_was_named_to_observe() => SilentAsync(
        "void Start() { _ = SendAsync(1); }" + Send, Has.Option("asyncguard.ASG1001.observing_methods = Subject.SendAsync"));

    [Fact]
    public Task Is_silent_on_a_continuation_of_a_method_that_an_option_names() => SilentAsync(
        "void Start() { _ = SendAsync(1).ContinueWith(_ => Console.WriteLine(), TaskContinuationOptions.OnlyOnRanToCompletion); }" + Send, Has.Option("asyncguard.ASG1001.observing_methods = Subject.SendAsync"));

    [Fact]
    public Task Is_silent_in_expression_trees() => SilentAsync("void Setup(Action<System.Linq.Expressions.Expression<Action<Subject>>> verify) => verify(x => x.SendAsync(1, default));" + Send);

    [Fact]
    public Task Is_silent_on_an_api_that_returns_its_receiver() => SilentAsync(
        """
        void Build(Steps steps) { steps.Then(1); }

        class Steps { public Steps Then(int n) => this; public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
        """);

    [Fact]
    public Task Is_silent_where_recursion_never_fails() => SilentAsync("void Start() { _ = LoopAsync(3); }\nasync Task LoopAsync(int n) { if (n > 0) { await LoopAsync(n - 1); } }");

    [Fact]
    public Task Is_silent_where_only_the_caller_can_be_hit_by_the_error() => SilentAsync(
        """
        void Start() { _ = MoveAsync(); }
        Task MoveAsync() { System.IO.File.Move("a", "b"); return Task.CompletedTask; }
        """);

    [Fact]
    public Task Reports_a_task_that_is_handed_on() => ReportsAsync(
        """
        void Start() { _ = [|MoveAsync|](); }
        Task MoveAsync() { System.IO.File.Move("a", "b"); return LoadAsync(); }
        Task LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """);

    [Fact]
    public Task Reports_a_virtual_call_that_another_assembly_may_override() => ReportsAsync(
        "void Start(Open it) { _ = [|it.WorkAsync|](); }",
        Has.Source("Open.cs", "using System.Threading.Tasks; public class Open { public virtual async Task WorkAsync() { await Task.Yield(); } }"));

    [Fact]
    public Task Is_silent_on_a_virtual_call_of_which_every_target_is_known_and_guarded() => SilentAsync(
        "void Start(Closed it) { _ = it.WorkAsync(); }",
        Has.Source("Closed.cs", "using System.Threading.Tasks; class Closed { public virtual async Task WorkAsync() { await Task.Yield(); } } class Heir : Closed { public override Task WorkAsync() => Task.CompletedTask; }"));

    [Fact]
    public Task Is_silent_on_an_interface_whose_every_implementation_is_guarded() => SilentAsync(
        "interface ISender { Task SendAsync(); }\nclass Mail : ISender { public async Task SendAsync() { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch { } } }\nvoid Start(ISender s) { _ = s.SendAsync(); }");

    [Fact]
    public Task Reports_an_interface_of_which_one_implementation_fails() => ReportsAsync(
        "interface ISender { Task SendAsync(); }\nclass Mail : ISender { public async Task SendAsync() { await System.IO.File.ReadAllTextAsync(\"x\"); } }\nclass None : ISender { public Task SendAsync() => Task.CompletedTask; }\nvoid Start(ISender s) { _ = [|s.SendAsync|](); }");

    [Fact]
    public Task Is_silent_on_continuations_which_are_another_rules_question() => SilentAsync("void Start() { SendAsync(1).ContinueWith(t => Console.WriteLine(t.Exception)); }" + Send);

    private static Task Supervised(string before, string after) => FixesAsync(
        UnobservedTaskFix.Run, "using AsyncGuard;\n" + before + Send, "using AsyncGuard;\n" + after + Send, Has.Runtime);
}
