using AsyncGuard.Fixing;
using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A function that returns a task, and callers that follow.</summary>
public sealed class AsyncVoidFunctionFixTests : RuleTests<AsyncVoidFunctionAnalyzer, AsyncVoidFunctionFix>
{
    private const string Fails = "\nstatic Task FailAsync(CancellationToken token = default) => System.IO.File.ReadAllTextAsync(\"x\", token);";

    [Fact]
    public Task A_caller_that_is_async_awaits_it() => Plain(
        """
        async Task M()
        {
            // first
            Save(1); // then
        }

        async void [|Save|](int id)
        {
            await FailAsync();
        }
        """,
        """
        async Task M()
        {
            // first
            await Save(1); // then
        }

        async Task Save(int id)
        {
            await FailAsync();
        }
        """);

    [Fact]
    public Task A_caller_that_returns_a_task_becomes_async() => Plain(
        "Task M()\n{\n    Save(1);\n    return Task.CompletedTask;\n}\n\nasync void [|Save|](int id) { await FailAsync(); }",
        "async Task M()\n{\n    await Save(1);\n}\n\nasync Task Save(int id) { await FailAsync(); }");

    [Fact]
    public Task A_caller_that_is_not_async_runs_it_supervised() => Supervised(
        "void M(int id) { Save(id); }\nasync void [|Save|](int id, CancellationToken stop = default) { await FailAsync(stop); }",
        "void M(int id) { Supervisor.Default.Run(\"Save\", ct => Save(id, ct)); }\nasync Task Save(int id, CancellationToken stop = default) { await FailAsync(stop); }");

    [Fact]
    public Task A_caller_of_one_expression_runs_it_supervised() => Supervised(
        "void M(int id) => Save(id);\nasync void [|Save|](int id) { await FailAsync(); }",
        "void M(int id) => Supervisor.Default.Run(\"Save\", _ => Save(id));\nasync Task Save(int id) { await FailAsync(); }");

    [Fact]
    public Task A_caller_in_a_lambda_runs_it_supervised() => Supervised(
        "Action M(int id) => () => Save(id);\nasync void [|Save|](int id) { await FailAsync(); }",
        "Action M(int id) => () => Supervisor.Default.Run(\"Save\", _ => Save(id));\nasync Task Save(int id) { await FailAsync(); }");

    [Fact]
    public Task A_loop_without_end_is_never_awaited() => Supervised(
        "async Task M() { Poll(); await Task.Yield(); }\nasync void [|Poll|]()\n{ while (true) { await FailAsync(); } }",
        "async Task M() { Supervisor.Default.Run(\"Poll\", _ => Poll()); await Task.Yield(); }\nasync Task Poll()\n{ while (true) { await FailAsync(); } }");

    [Fact]
    public Task A_conditional_call_is_awaited() => Plain(
        "async Task M(Subject other) { other?.Save(1); await Task.Yield(); }\nasync void [|Save|](int id) { await FailAsync(); }",
        "async Task M(Subject other) { await (other?.Save(1) ?? Task.CompletedTask); await Task.Yield(); }\nasync Task Save(int id) { await FailAsync(); }");

    [Fact]
    public Task A_local_function_is_awaited() => Plain(
        "async Task M() { Save(1); async void [|Save|](int id) => await FailAsync(); }",
        "async Task M() { await Save(1); async Task Save(int id) => await FailAsync(); }");

    [Fact]
    public Task A_static_generic_method_is_awaited() => Plain(
        "async Task M() { Subject.Save<int>(1); }\npublic static async void [|Save|]<T>(T id) => await FailAsync();",
        "async Task M() { await Subject.Save<int>(1); }\npublic static async Task Save<T>(T id) => await FailAsync();");

    [Fact]
    public Task A_function_that_nobody_calls_only_changes_itself() => Plain(
        "/// <summary>Saves; see <see cref=\"Save\"/>.</summary>\npublic async void [|Save|](int id) => await FailAsync();\nstring Name => nameof(Save);",
        "/// <summary>Saves; see <see cref=\"Save\"/>.</summary>\npublic async Task Save(int id) => await FailAsync();\nstring Name => nameof(Save);");

    [Fact]
    public Task A_function_that_calls_itself_awaits_itself() => Plain(
        "async void [|Save|](int id) { await FailAsync(); if (id > 0) { Save(id - 1); } }",
        "async Task Save(int id) { await FailAsync(); if (id > 0) { await Save(id - 1); } }");

    [Fact]
    public Task Several_callers_follow_each_in_its_way() => Supervised(
        "async Task M() { Save(1); Save(2); }\nvoid N() { Save(3); }\nasync void [|Save|](int id) { await FailAsync(); }",
        "async Task M() { await Save(1); await Save(2); }\nvoid N() { Supervisor.Default.Run(\"Save\", _ => Save(3)); }\nasync Task Save(int id) { await FailAsync(); }");

    [Fact]
    public Task All_functions_of_a_document_return_a_task() => Plain(
        "async Task M() { A(); }\nasync void [|A|]() { await FailAsync(); B(); }\nasync void [|B|]() { await FailAsync(); }",
        "async Task M() { await A(); }\nasync Task A() { await FailAsync(); await B(); }\nasync Task B() { await FailAsync(); }");

    [Fact]
    public Task A_caller_that_cannot_follow_leaves_the_body_to_be_guarded() => FixesAsync(
        "Subject()\n{\n    Save(1);\n}\n\nasync void [|Save|](int id)\n{\n    await FailAsync();\n}" + Fails,
        "Subject()\n{\n    Save(1);\n}\n\nasync void Save(int id)\n{\n    try\n    {\n        await FailAsync();\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}" + Fails);

    [Fact]
    public Task A_local_function_of_one_expression_is_guarded() => FixesAsync(
        GuardedBody.ByCatch,
        "Subject()\n{\n    Save();\n    async void [|Save|]() => await FailAsync();\n}" + Fails,
        "Subject()\n{\n    Save();\n    async void Save()\n    {\n        try\n        {\n            await FailAsync();\n        }\n        catch (Exception ex)\n        {\n            Console.Error.WriteLine(ex);\n        }\n    }\n}" + Fails);

    [Fact]
    public Task The_body_can_be_guarded_by_the_runtime() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nvoid M() => Save(1);\nasync void [|Save|](int id) => await FailAsync();" + Fails,
        "using AsyncGuard;\nvoid M() => Save(1);\nasync void Save(int id) => await Guard.TryAsync(\"Save\", ct => FailAsync(ct));" + Fails,
        Has.Runtime);

    [Fact]
    public Task A_call_under_a_lock_cannot_await() => FixesAsync(
        "async Task M()\n{\n    lock (this)\n    {\n        Save();\n    }\n}\n\nasync void [|Save|]()\n{\n    await FailAsync();\n}" + Fails,
        "async Task M()\n{\n    lock (this)\n    {\n        Save();\n    }\n}\n\nasync void Save()\n{\n    try\n    {\n        await FailAsync();\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}" + Fails);

    [Fact]
    public Task A_window_s_caller_is_not_moved_to_another_thread() => FixesAsync(
        GuardedBody.ByCatch,
        "void M()\n{\n    Save();\n}\n\nasync void [|Save|]()\n{\n    await FailAsync();\n}" + Fails,
        "void M()\n{\n    Save();\n}\n\nasync void Save()\n{\n    try\n    {\n        await FailAsync();\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}" + Fails,
        Has.Runtime,
        Has.Source("Forms.cs", "namespace System.Windows.Forms { public class Control { } }"));

    private static Task Plain(string before, string after) => FixesAsync(AsyncVoidFunctionFix.ReturnTask, before + Fails, after + Fails);

    private static Task Supervised(string before, string after) =>
        FixesAsync(AsyncVoidFunctionFix.ReturnTask, "using AsyncGuard;\n" + before + Fails, "using AsyncGuard;\n" + after + Fails, Has.Runtime);
}
