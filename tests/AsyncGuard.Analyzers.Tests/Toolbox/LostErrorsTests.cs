using AsyncGuard.Support;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Toolbox;

/// <summary>Which error nobody sees when a task is dropped.</summary>
public sealed class LostErrorsTests
{
    [Fact]
    public void An_async_call() => Loses("""void M() { _ = [|A()|]; } async Task A() => await File.ReadAllTextAsync("x");""");

    [Fact]
    public void A_library_s_call() => Loses("""void M() { _ = [|File.ReadAllTextAsync("x")|]; }""");

    [Fact]
    public void A_task_that_is_handed_on() => Loses("""void M() { _ = [|A()|]; } Task A() => File.ReadAllTextAsync("x");""");

    [Fact]
    public void A_task_handed_on_twice() => Loses("""void M() { _ = [|A()|]; } Task A() => B(); Task B() { return File.ReadAllTextAsync("x"); }""");

    [Fact]
    public void A_lambda_of_Task_Run() => Loses("""void M() { _ = [|Task.Run(() => File.Delete("x"))|]; }""");

    [Fact]
    public void A_method_group_of_Task_Run() => Loses("""void M() { _ = [|Task.Run(A)|]; } void A() => File.Delete("x");""");

    [Fact]
    public void One_of_two_returns() => Loses("""void M(bool b) { _ = [|A(b)|]; } Task A(bool b) { if (b) { return Task.CompletedTask; } return File.ReadAllTextAsync("x"); }""");

    [Fact]
    public void WhenAll() => Loses("""void M() { _ = [|Task.WhenAll(A(), A())|]; } async Task A() => await File.ReadAllTextAsync("x");""");

    [Fact]
    public void A_guarded_call() => LosesNothing("""void M() { _ = [|A()|]; } async Task A() { try { await File.ReadAllTextAsync("x"); } catch { } }""");

    [Fact]
    public void A_finished_task_after_work() => LosesNothing("""void M() { _ = [|A()|]; } Task A() { File.Delete("x"); return Task.CompletedTask; }""");

    [Fact]
    public void A_result_after_work() => LosesNothing("""void M() { _ = [|A()|]; } Task<string> A() => Task.FromResult(File.ReadAllText("x"));""");

    [Fact]
    public void A_guarded_lambda() => LosesNothing("""void M() { _ = [|Task.Run(() => { try { File.Delete("x"); } catch { } })|]; }""");

    [Fact]
    public void A_handed_on_guarded_task() => LosesNothing("""void M() { _ = [|A()|]; } Task A() => B(); async Task B() { try { await File.ReadAllTextAsync("x"); } catch { } }""");

    [Fact]
    public void A_return_of_an_inner_function() => LosesNothing("""void M() { _ = [|A()|]; } Task A() { Func<Task> f = () => File.ReadAllTextAsync("x"); GC.KeepAlive(f); return Task.CompletedTask; }""");

    [Fact]
    public void A_delay() => LosesNothing("void M() { _ = [|Task.Delay(1)|]; }");

    [Fact]
    public void Recursion() => LosesNothing("void M() { _ = [|A()|]; } Task A() => A();");

    [Theory]
    [InlineData("Own.WhenAll(File.ReadAllTextAsync(\"x\"))")]
    [InlineData("Own.Run(() => File.Delete(\"x\"))")]
    [InlineData("Own.StartNew(() => File.Delete(\"x\"))")]
    [InlineData("new TaskFactory<int>().StartNew(() => 1)")]
    [InlineData("Task<int>.Factory.StartNew(() => 1)")]
    [InlineData("Instant()")]
    public void A_call_that_loses_nothing(string call) => LosesNothing(Named($"[|{call}|]"));

    [Theory]
    [InlineData("Task.WhenAll(File.ReadAllTextAsync(\"x\"))")]
    [InlineData("new TaskFactory<int>().StartNew(() => File.ReadAllText(\"x\").Length)")]
    [InlineData("Completed()")]
    public void A_call_that_loses_an_error(string call) => Loses(Named($"[|{call}|]"));

    private static string Named(string call) => $$"""
        void M() { _ = {{call}}; }
        ValueTask Instant() => ValueTask.CompletedTask;
        Task Completed() => Own.CompletedTask;

        static class Own
        {
            public static Task CompletedTask => File.ReadAllTextAsync("x");
            public static async Task WhenAll(Task task) { try { await task; } catch { } }
            public static async Task Run(Action work) { await Task.Yield(); try { work(); } catch { } }
            public static async Task StartNew(Action work) { await Task.Yield(); try { work(); } catch { } }
        }
        """;

    private static void Loses(string members) => Assert.NotNull(Ask(members));

    private static void LosesNothing(string members) => Assert.Null(Ask(members));

    private static IOperation? Ask(string members)
    {
        var cancel = TestContext.Current.CancellationToken;
        var spot = Spot.In("using System.IO;\n" + members);
        return CompilationFacts.Of(spot.Model.Compilation).LostErrors.Of(spot.Model.GetOperation(spot.Node, cancel)!, cancel); // a call is an operation
    }
}
