using AsyncGuard.Support;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Toolbox;

/// <summary>Where an await may stand: the innermost function counts.</summary>
public sealed class AsyncFunctionTests
{
    [Fact]
    public void An_async_method() => MayAwait("async Task M() { [|W()|]; await Task.Yield(); }");

    [Fact]
    public void An_async_expression_body() => MayAwait("async Task M() => [|W()|];");

    [Fact]
    public void An_async_void_method() => MayAwait("async void M() { [|W()|]; await Task.Yield(); }");

    [Fact]
    public void An_async_lambda() => MayAwait("Func<Task> M() => async () => [|W()|];");

    [Fact]
    public void An_async_lambda_in_an_async_lambda() => MayAwait("Func<Task> M() => async () => { Func<Task> f = async () => [|W()|]; await f(); };");

    [Fact]
    public void An_async_anonymous_method() => MayAwait("Func<Task> M() => async delegate { [|W()|]; await Task.Yield(); };");

    [Fact]
    public void An_async_local_function() => MayAwait("void M() { async Task L() { [|W()|]; await Task.Yield(); } }");

    [Fact]
    public void An_async_local_function_in_a_lambda() => MayAwait("Action M() => () => { async Task L() { [|W()|]; await Task.Yield(); } };");

    [Fact]
    public void A_generic_async_method() => MayAwait("async Task M<T>() { [|W()|]; await Task.Yield(); }");

    [Fact]
    public void An_async_iterator() => MayAwait("async System.Collections.Generic.IAsyncEnumerable<int> M() { [|W()|]; await Task.Yield(); yield return 1; }");

    [Fact]
    public void An_async_ValueTask() => MayAwait("async ValueTask M() { [|W()|]; await Task.Yield(); }");

    [Fact]
    public void A_nested_block() => MayAwait("async Task M() { if (true) { using var c = new CancellationTokenSource(); [|W()|]; } await Task.Yield(); }");

    [Fact]
    public void An_argument() => MayAwait("async Task M() { GC.KeepAlive([|W()|]); await Task.Yield(); }");

    [Fact]
    public void A_static_async_method() => MayAwait("static async Task M() { [|W()|]; await Task.Yield(); }");

    [Fact]
    public void A_method() => MayNotAwait("void M() { [|W()|]; }");

    [Fact]
    public void An_expression_body() => MayNotAwait("int M() => [|W()|];");

    [Fact]
    public void A_task_returning_method() => MayNotAwait("Task M() { [|W()|]; return Task.CompletedTask; }");

    [Fact]
    public void A_lambda() => MayNotAwait("Func<int> M() => () => [|W()|];");

    [Fact]
    public void A_lambda_in_an_async_method() => MayNotAwait("async Task M() { Func<int> f = () => [|W()|]; await Task.Yield(); }");

    [Fact]
    public void A_local_function_in_an_async_method() => MayNotAwait("async Task M() { await Task.Yield(); int L() => [|W()|]; }");

    [Fact]
    public void A_lambda_in_an_async_lambda() => MayNotAwait("Func<Task> M() => async () => { Func<int> f = () => [|W()|]; await Task.Yield(); };");

    [Fact]
    public void A_constructor() => MayNotAwait("class C { public C() { [|W()|]; } }");

    [Fact]
    public void A_getter() => MayNotAwait("int M { get { return [|W()|]; } }");

    [Fact]
    public void A_property_body() => MayNotAwait("int M => [|W()|];");

    [Fact]
    public void A_setter() => MayNotAwait("int M { set { [|W()|]; } }");

    [Fact]
    public void An_operator() => MayNotAwait("class C { public static int operator +(C a, C b) => [|W()|]; }");

    [Fact]
    public void A_finaliser() => MayNotAwait("class C { ~C() { [|W()|]; } }");

    [Fact]
    public void An_iterator() => MayNotAwait("System.Collections.Generic.IEnumerable<int> M() { [|W()|]; yield return 1; }");

    [Fact]
    public void A_field_initialiser() => MayNotAwait("class C { int _a = [|W()|]; }");

    [Fact]
    public void A_static_constructor() => MayNotAwait("class C { static C() { [|W()|]; } }");

    [Fact]
    public void An_event_accessor() => MayNotAwait("event Action E { add { [|W()|]; } remove { } }");

    [Fact]
    public void An_indexer() => MayNotAwait("int this[int i] => [|W()|];");

    [Fact]
    public void Top_level_statements_may_await_before_they_do() => Assert.True(Ask(Spot.InFile("System.Console.Write([|System.Console.Read()|]);", OutputKind.ConsoleApplication)));

    [Fact]
    public void A_lambda_of_top_level_statements_may_not() => Assert.False(Ask(Spot.InFile("System.Func<int> f = () => [|System.Console.Read()|]; System.Console.Write(f());", OutputKind.ConsoleApplication)));

    private static void MayAwait(string members) => Assert.True(Ask(Spot.In(members + Work)));

    private static void MayNotAwait(string members) => Assert.False(Ask(Spot.In(members + Work)));

    private const string Work = "\nstatic int W() => 1;";

    private static bool Ask(Spot spot)
    {
        var containing = spot.Model.GetEnclosingSymbol(spot.Node.SpanStart)!; // a member
        while (containing is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
        {
            containing = containing.ContainingSymbol;
        }

        return spot.Model.GetOperation(spot.Node)!.IsInAsyncFunction(containing); // a call is an operation
    }
}
