using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>What becomes of an awaitable.</summary>
public sealed class ObservationTests
{
    [Fact]
    public void A_statement() => Dropped("void M() { [|F()|]; }");

    [Fact]
    public void A_conditional_access() => Dropped("void M(Subject s) { s?[|.F()|]; }");

    [Fact]
    public void A_configured_statement() => Dropped("void M() { [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void The_task_of_a_value_task() => Dropped("void M() { [|V()|].AsTask(); }");

    [Fact]
    public void A_preserved_value_task() => Dropped("void M() { [|V()|].Preserve(); }");

    [Fact]
    public void An_unwrapped_task() => Dropped("void M() { [|Task.Factory.StartNew(() => F())|].Unwrap(); }");

    [Fact]
    public void The_body_of_a_void_member() => Dropped("void M() => [|F()|];");

    [Fact]
    public void The_body_of_a_void_lambda() => Dropped("Action M() => () => [|F()|];");

    [Fact]
    public void A_void_local_function() => Dropped("void M() { L(); void L() => [|F()|]; }");

    [Fact]
    public void A_continuation_that_does_not_look() => Dropped("""void M() { [|F()|].ContinueWith(t => Console.WriteLine("over")); }""");

    [Fact]
    public void A_continuation_that_only_asks_whether_it_is_over() => Dropped("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.IsCompleted)); }");

    [Fact]
    public void A_constructor() => Dropped("class C { public C(Subject s) => [|s.F()|]; }");

    [Fact]
    public void A_setter() => Dropped("int P { set => [|F()|]; }");

    [Fact]
    public void A_discard() => Discarded("void M() { _ = [|F()|]; }");

    [Fact]
    public void A_configured_discard() => Discarded("void M() { _ = [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void A_choice() => Discarded("void M(bool b) { _ = b ? [|F()|] : Task.CompletedTask; }");

    [Fact]
    public void A_fallback() => Discarded("void M(Task? t) { _ = t ?? [|F()|]; }");

    [Fact]
    public void A_switch() => Discarded("void M(int n) { _ = n switch { 1 => [|F()|], _ => Task.CompletedTask }; }");

    [Fact]
    public void A_parenthesis() => Discarded("void M() { _ = ([|F()|]); }");

    [Fact]
    public void A_cast() => Discarded("void M() { _ = (Task)[|F()|]; }");

    [Fact]
    public void A_forgiven_null() => Discarded("void M() { _ = [|F()|]!; }");

    [Fact]
    public void A_discarded_conditional_access() => Discarded("void M(Subject s) { _ = s?[|.F()|]; }");

    [Fact]
    public void A_local_nobody_reads() => Unread("void M() { var t = [|F()|]; }");

    [Fact]
    public void A_local_that_is_only_assigned() => Unread("void M() { Task t; t = [|F()|]; }");

    [Fact]
    public void An_await() => Observed("async Task M() { await [|F()|]; }");

    [Fact]
    public void A_configured_await() => Observed("async Task M() { await [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void A_return() => Observed("Task M() { return [|F()|]; }");

    [Fact]
    public void The_body_of_a_member() => Observed("Task M() => [|F()|];");

    [Fact]
    public void The_body_of_a_lambda() => Observed("Func<Task> M() => () => [|F()|];");

    [Fact]
    public void An_argument() => Observed("void M() { GC.KeepAlive([|F()|]); }");

    [Fact]
    public void An_extension_s_receiver() => Observed("void M() { [|F()|].Forget(); }");

    [Fact]
    public void WhenAll() => Observed("Task M() => Task.WhenAll([|F()|], F());");

    [Fact]
    public void A_field() => Observed("Task? _t; void M() { _t = [|F()|]; }");

    [Fact]
    public void A_local_that_is_awaited() => Observed("async Task M() { var t = [|F()|]; await t; }");

    [Fact]
    public void A_local_that_a_lambda_captures() => Observed("Func<Task> M() { var t = [|F()|]; return () => t; }");

    [Fact]
    public void A_blocking_wait() => Observed("void M() { [|F()|].Wait(); }");

    [Fact]
    public void A_result() => Observed("int M() => [|R()|].Result;");

    [Fact]
    public void An_array() => Observed("Task[] M() => [[|F()|], F()];");

    [Fact]
    public void A_continuation_that_reads_the_fault() => Observed("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.Exception)); }");

    [Fact]
    public void A_continuation_that_awaits() => Observed("void M() { [|F()|].ContinueWith(async t => await t); }");

    [Fact]
    public void A_coalescing_assignment() => Observed("Task? _t; void M() { _t ??= [|F()|]; }");

    [Fact]
    public void An_initialiser() => Observed("object M() => new { Task = [|F()|] };");

    [Fact]
    public void A_property() => Observed("Task? P { get; set; } void M() { P = [|F()|]; }");

    [Fact]
    public void A_tuple() => Observed("(Task, int) M() => ([|F()|], 1);");

    [Fact]
    public void An_out_parameter() => Observed("void M(out Task t) { t = [|F()|]; }");

    [Fact]
    public void An_awaited_using() => Observed("async Task M() { await using var x = await [|S()|]; }");

    private static void Dropped(string members) => Assert.Equal(Fate.Dropped, FateIn(members));

    private static void Discarded(string members) => Assert.Equal(Fate.Discarded, FateIn(members));

    private static void Unread(string members) => Assert.Equal(Fate.Unread, FateIn(members));

    private static void Observed(string members) => Assert.Equal(Fate.Observed, FateIn(members));

    private static Fate FateIn(string members)
    {
        var spot = Spot.In("#nullable enable annotations\n" + members + """

            Task F() => Task.CompletedTask;
            ValueTask V() => default;
            Task<int> R() => Task.FromResult(1);
            Task<System.IO.MemoryStream> S() => Task.FromResult(new System.IO.MemoryStream());
            """, "static class Tasks { public static void Forget(this System.Threading.Tasks.Task task) { } }");
        return CompilationFacts.Of(spot.Model.Compilation).Observation.FateOf(spot.Model.GetOperation(spot.Node, TestContext.Current.CancellationToken)!); // a call is an operation
    }
}
