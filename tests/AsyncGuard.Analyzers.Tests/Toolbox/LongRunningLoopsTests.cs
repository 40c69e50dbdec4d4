using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Toolbox;

/// <summary>Which loops are meant to run until they are stopped.</summary>
public sealed class LongRunningLoopsTests
{
    [Fact]
    public void While_true() => Lasts("while (true) { }");

    [Fact]
    public void For_ever() => Lasts("for (;;) { }");

    [Fact]
    public void Do_while_true() => Lasts("do { } while (true);");

    [Fact]
    public void Until_a_token() => Lasts("while (!t.IsCancellationRequested) { }");

    [Fact]
    public void Until_a_source() => Lasts("while (!_source.IsCancellationRequested) { }");

    [Fact]
    public void Until_a_token_compared_with_false() => Lasts("while (t.IsCancellationRequested == false) { }");

    [Fact]
    public void While_a_flag_field() => Lasts("while (_running) { }");

    [Fact]
    public void Until_a_flag_field() => Lasts("while (!_stopped) { }");

    [Fact]
    public void Until_a_flag_or_a_token() => Lasts("while (_running && !t.IsCancellationRequested) { }");

    [Fact]
    public void On_each_tick() => Lasts("while (await timer.WaitForNextTickAsync(t)) { }");

    [Fact]
    public void On_each_tick_configured() => Lasts("while (await timer.WaitForNextTickAsync(t).ConfigureAwait(false)) { }");

    [Fact]
    public void While_a_channel_has_items() => Lasts("while (await reader.WaitToReadAsync(t)) { }");

    [Fact]
    public void Over_all_items_of_a_channel() => Lasts("await foreach (var i in reader.ReadAllAsync(t)) { }");

    [Fact]
    public void Over_a_consuming_enumerable() => Lasts("foreach (var i in queue.GetConsumingEnumerable()) { }");

    [Fact]
    public void Over_a_consuming_enumerable_with_a_token() => Lasts("foreach (var i in queue.GetConsumingEnumerable(t)) { }");

    [Fact]
    public void While_a_queue_gives() => Lasts("while (queue.TryTake(out var i, -1)) { }");

    [Fact]
    public void A_for_until_a_token() => Lasts("for (; !t.IsCancellationRequested;) { }");

    [Fact]
    public void A_constant_condition() => Lasts("const bool Always = true; while (Always) { }");

    [Fact]
    public void Over_an_array() => Ends("foreach (var i in items) { }");

    [Fact]
    public void A_counted_for() => Ends("for (var i = 0; i < 10; i++) { }");

    [Fact]
    public void While_more_data() => Ends("var more = true; while (more) { more = false; }");

    [Fact]
    public void While_a_local_says_so() => Ends("var n = 3; while (n > 0) { n--; }");

    [Fact]
    public void While_a_reader_reads() => Ends("while (text.Read() > 0) { }");

    [Fact]
    public void Do_once() => Ends("do { } while (false);");

    [Fact]
    public void While_false() => Ends("while (false) { }");

    [Fact]
    public void While_a_queue_gives_at_once() => Ends("while (queue.TryTake(out var i)) { }");

    [Fact]
    public void Over_a_list() => Ends("foreach (var i in new System.Collections.Generic.List<int>()) { }");

    [Fact]
    public void While_a_flag_that_the_loop_sets() => Ends("while (_running) { _running = false; }");

    [Fact]
    public void While_a_stack_has_items() => Ends("while (stack.Count > 0) { stack.Pop(); }");

    [Fact]
    public void While_time_is_left() => Ends("while (DateTime.UtcNow < until) { }");

    [Fact]
    public void A_condition_that_does_not_bind_is_not_guessed_at() => Assert.False(Ask("while (nowhere.More()) { }", compiles: false));

    private static void Lasts(string loop) => Assert.True(Ask(loop));

    private static void Ends(string loop) => Assert.False(Ask(loop));

    private static bool Ask(string loop, bool compiles = true)
    {
        var cancel = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Snippet.InClass($$"""
            using System.Collections.Concurrent;
            using System.Collections.Generic;
            using System.Threading.Channels;

            private readonly CancellationTokenSource _source = new();
            private bool _running = true, _stopped = false;

            async Task M(CancellationToken t, PeriodicTimer timer, ChannelReader<int> reader, BlockingCollection<int> queue, int[] items, System.IO.TextReader text, Stack<int> stack, DateTime until)
            {
                await Task.Yield();
                {{loop}}
            }
            """), cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Loops", [tree], Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal(compiles, !compilation.GetDiagnostics(cancel).Any(each => each.Severity == DiagnosticSeverity.Error));
        var statement = tree.GetRoot(cancel).DescendantNodes().First(each => each is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax);
        return CompilationFacts.Of(compilation).Loops.IsLongRunning(compilation.GetSemanticModel(tree).GetOperation(statement, cancel)!); // a loop is an operation
    }
}
