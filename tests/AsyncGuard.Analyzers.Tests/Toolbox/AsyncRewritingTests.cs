using AsyncGuard.Fixing;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>What becomes of the function around a place that is to await.</summary>
public sealed class AsyncRewritingTests
{
    [Fact]
    public void A_void_method_returns_a_task() => Becomes("async global::System.Threading.Tasks.Task Poll() { await X(); }", "void Poll() { [|Work()|]; }");

    [Fact]
    public void A_result_is_wrapped() => Becomes("async global::System.Threading.Tasks.Task<int> Poll() => await X();", "int Poll() => [|Work()|];");

    [Fact]
    public void Modifiers_stay_in_front() => Becomes("private async global::System.Threading.Tasks.Task<int> Poll() => await X();", "private int Poll() => [|Work()|];");

    [Fact]
    public void A_completed_task_is_no_longer_returned() => Becomes("async Task Poll() { await X(); }", "Task Poll() { [|Work()|]; return Task.CompletedTask; }");

    [Fact]
    public void A_wrapped_result_is_unwrapped() => Becomes("async Task<int> Poll() { await X(); return 1; }", "Task<int> Poll() { [|Work()|]; return Task.FromResult(1); }");

    [Fact]
    public void A_returned_task_is_awaited() => Becomes("async Task Poll() { await X(); await Rest(); }", "Task Poll() { [|Work()|]; return Rest(); }");

    [Fact]
    public void A_function_that_is_async_only_changes_inside() => Becomes("async Task Poll() { await X(); }", "async Task Poll() { [|Work()|]; }");

    [Fact]
    public void Not_under_a_lock() => Stays("void Poll() { lock (this) { [|Work()|]; } }");

    [Fact]
    public void Not_with_an_out_parameter() => Stays("void Poll(out int count) { count = [|Work()|]; }");

    [Fact]
    public void Not_in_an_override() => Stays("public override string ToString() { [|Work()|]; return null; }");

    [Fact]
    public void Not_in_a_constructor_accessor_or_iterator()
    {
        Stays("Subject() { [|Work()|]; }");
        Stays("int Count { get { return [|Work()|]; } }");
        Stays("System.Collections.Generic.IEnumerable<int> All() { yield return [|Work()|]; }");
    }

    private static void Becomes(string expected, string members)
    {
        var spot = Given(members);
        var rewriting = AsyncRewriting.At(spot.Node, spot.Model, TestContext.Current.CancellationToken);
        Assert.NotNull(rewriting);
        Assert.Equal(expected, string.Join(' ', rewriting.With(spot.Node, SyntaxFactory.ParseExpression("await X()")).ToFullString().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
    }

    private static void Stays(string members)
    {
        var spot = Given(members);
        Assert.Null(AsyncRewriting.At(spot.Node, spot.Model, TestContext.Current.CancellationToken));
    }

    private static Spot Given(string members) => Spot.In("int Work() => 1;\nTask Rest() => Task.CompletedTask;\n" + members);
}
