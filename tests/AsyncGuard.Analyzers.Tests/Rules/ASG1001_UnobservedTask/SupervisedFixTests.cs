using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What work looks like in the hands of a supervisor.</summary>
public sealed class SupervisedFixTests : RuleTests<UnobservedTaskAnalyzer, UnobservedTaskFix>
{
    private const string Send = "\nasync Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync(\"x\" + id, token);";

    [Fact]
    public Task A_lambda_of_one_call_gives_its_name() => Supervised(
        "void M(int id) { Task.Run(() => SendAsync(id)); }",
        "void M(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }",
        "Task.Run");

    [Fact]
    public Task Is_not_offered_where_the_run_would_take_the_request_along() => NotFixedAsync(
        "Subject(HttpContext context) { _ = [|AnswerAsync|](context.Request, 1); }\nstatic async Task AnswerAsync(object part, int id) => await System.IO.File.ReadAllTextAsync(\"x\" + part + id);",
        [.. ScopeEscapeTests.Libraries, Has.Runtime]);

    [Fact]
    public Task A_started_task_is_run() => Supervised(
        "void M(int id) { _ = Task.Factory.StartNew(async () => { await SendAsync(id); }); }",
        "void M(int id) { Supervisor.Default.Run(\"M\", async ct => { await SendAsync(id, ct); }); }",
        "Task.Factory.StartNew");

    [Fact]
    public Task An_unwrapped_task_is_run() => Supervised(
        "void M(int id) { _ = Task.Factory.StartNew(() => SendAsync(id)).Unwrap(); }",
        "void M(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }",
        "Task.Factory.StartNew");

    [Fact]
    public Task A_ValueTask_as_a_task_is_run() => Supervised(
        "void M() { _ = WorkAsync().AsTask(); }\nasync ValueTask WorkAsync() => await SendAsync(1);",
        "void M() { Supervisor.Default.Run(\"Work\", async _ => await WorkAsync()); }\nasync ValueTask WorkAsync() => await SendAsync(1);",
        "WorkAsync");

    [Fact]
    public Task Synchronous_work_is_run() => Supervised(
        "void M(string path) { Task.Run(() => System.IO.File.Delete(path)); }",
        "void M(string path) { Supervisor.Default.Run(\"Delete\", _ => { System.IO.File.Delete(path); return Task.CompletedTask; }); }",
        "Task.Run");

    [Fact]
    public Task A_block_of_synchronous_work_is_run() => Supervised(
        """
        void M(string path)
        {
            Task.Run(() =>
            {
                if (path.Length == 0)
                {
                    return; // nothing to do
                }

                Action later = () => { return; };
                System.IO.File.Delete(path);
            });
        }
        """,
        """
        void M(string path)
        {
            Supervisor.Default.Run("M", _ =>
            {
                if (path.Length == 0)
                {
                    return Task.CompletedTask; // nothing to do
                }

                Action later = () => { return; };
                System.IO.File.Delete(path);
                return Task.CompletedTask;
            });
        }
        """,
        "Task.Run");

    [Fact]
    public Task Synchronous_work_that_takes_a_token_gets_it() => Supervised(
        "void M() { Task.Run(() => Poll()); }\nvoid Poll(CancellationToken stop = default) { System.IO.File.Delete(\"x\"); }",
        "void M() { Supervisor.Default.Run(\"Poll\", ct => { Poll(ct); return Task.CompletedTask; }); }\nvoid Poll(CancellationToken stop = default) { System.IO.File.Delete(\"x\"); }",
        "Task.Run");

    [Fact]
    public Task A_synchronous_method_group_is_run() => Supervised(
        "void M() { Task.Run(Poll); }\nvoid Poll() => System.IO.File.Delete(\"x\");",
        "void M() { Supervisor.Default.Run(\"Poll\", _ => { Poll(); return Task.CompletedTask; }); }\nvoid Poll() => System.IO.File.Delete(\"x\");",
        "Task.Run");

    [Fact]
    public Task Synchronous_work_that_never_ends_by_itself_is_run() => Supervised(
        """
        void M()
        {
            Task.Run(() =>
            {
                while (true) { System.IO.File.Delete("x"); }
            });
        }
        """,
        """
        void M()
        {
            Supervisor.Default.Run("M", _ =>
            {
                while (true) { System.IO.File.Delete("x"); }
            });
        }
        """,
        "Task.Run");

    [Fact]
    public Task A_conditional_call_is_run() => Supervised(
        "void M(Subject? other) { _ = other?.SendAsync(1); }",
        "void M(Subject? other) { Supervisor.Default.Run(\"Send\", ct => other?.SendAsync(1, ct) ?? Task.CompletedTask); }",
        ".SendAsync");

    [Fact]
    public Task A_token_of_the_author_s_stays() => Supervised(
        "void M(CancellationToken stop) { _ = SendAsync(1, stop); }",
        "void M(CancellationToken stop) { Supervisor.Default.Run(\"Send\", _ => SendAsync(1, stop)); }",
        "SendAsync");

    [Fact]
    public Task A_taken_name_is_left_alone() => Supervised(
        "void M(int ct) { _ = SendAsync(ct); }",
        "void M(int ct) { Supervisor.Default.Run(\"Send\", stop => SendAsync(ct, stop)); }",
        "SendAsync");

    [Fact]
    public Task What_a_parameter_took_is_run() => Supervised(
        "Timer M() => new Timer(_ => { _ = SendAsync(1); }, null, 0, 9);",
        "Timer M() => new Timer(_ => { Supervisor.Default.Run(\"Send\", ct => SendAsync(1, ct)); }, null, 0, 9);",
        "SendAsync");

    [Fact]
    public Task What_the_parameter_of_an_expression_took_is_run() => Supervised(
        "Timer M() => new Timer(_ => _ = SendAsync(1), null, 0, 9);",
        "Timer M() => new Timer(_ => Supervisor.Default.Run(\"Send\", ct => SendAsync(1, ct)), null, 0, 9);",
        "SendAsync");

    [Fact]
    public Task A_generic_call_gives_its_name() => Supervised(
        "void M() { _ = SaveAsync<int>(1); }\nasync Task SaveAsync<T>(T it) => await System.IO.File.WriteAllTextAsync(\"x\", $\"{it}\");",
        "void M() { Supervisor.Default.Run(\"Save\", _ => SaveAsync<int>(1)); }\nasync Task SaveAsync<T>(T it) => await System.IO.File.WriteAllTextAsync(\"x\", $\"{it}\");",
        "SaveAsync<int>");

    [Fact]
    public Task A_generic_member_call_gives_its_name() => Supervised(
        "void M() { _ = this.SaveAsync<int>(1); }\nasync Task SaveAsync<T>(T it) => await System.IO.File.WriteAllTextAsync(\"x\", $\"{it}\");",
        "void M() { Supervisor.Default.Run(\"Save\", _ => this.SaveAsync<int>(1)); }\nasync Task SaveAsync<T>(T it) => await System.IO.File.WriteAllTextAsync(\"x\", $\"{it}\");",
        "this.SaveAsync<int>");

    [Fact]
    public Task A_local_function_is_run() => Supervised(
        "void M() { _ = Go(); Task Go() => SendAsync(1); }",
        "void M() { Supervisor.Default.Run(\"Go\", _ => Go()); Task Go() => SendAsync(1); }",
        "Go");

    [Fact]
    public Task A_delegate_gives_its_name() => Supervised(
        "void M(Func<Task> notify) { notify(); }",
        "void M(Func<Task> notify) { Supervisor.Default.Run(\"notify\", _ => notify()); }",
        "notify");

    [Fact]
    public Task Each_of_two_is_run() => FixesAsync(
        UnobservedTaskFix.Run,
        "using AsyncGuard;\nvoid M(int a, int b) { _ = [|SendAsync|](a); _ = [|SendAsync|](b); }" + Send,
        "using AsyncGuard;\nvoid M(int a, int b) { Supervisor.Default.Run(\"Send\", ct => SendAsync(a, ct)); Supervisor.Default.Run(\"Send\", ct => SendAsync(b, ct)); }" + Send,
        Has.Runtime);

    [Fact]
    public Task A_receiver_that_is_made_inside_is_run() => Supervised(
        "void M(int id) { _ = new Subject().SendAsync(id); }",
        "void M(int id) { Supervisor.Default.Run(\"Send\", ct => new Subject().SendAsync(id, ct)); }",
        "new Subject().SendAsync");

    [Fact]
    public Task A_parameter_by_reference_cannot_be_put_off() => NotFixedAsync("void M(ref int id) { _ = [|SendAsync|](id); }" + Send, Has.Runtime);

    [Fact]
    public Task A_span_cannot_be_put_off() => NotFixedAsync("void M(Span<int> ids) { _ = [|SendAsync|](ids[0]); }" + Send, Has.Runtime);

    [Fact]
    public Task A_struct_s_member_cannot_be_put_off() => NotFixedAsync(
        "struct Job { public int Id; public void Go() { _ = [|RunAsync|](); } Task RunAsync() => System.IO.File.ReadAllTextAsync(\"x\" + Id); }", Has.Runtime);

    private static Task Supervised(string before, string after, string marked)
    {
        var at = before.IndexOf(marked + "(", StringComparison.Ordinal);
        return FixesAsync(
            UnobservedTaskFix.Run,
            $"using AsyncGuard;\n{before[..at]}[|{marked}|]{before[(at + marked.Length)..]}{Send}",
            $"using AsyncGuard;\n{after}{Send}",
            Has.Runtime);
    }
}
