using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Toolbox;

/// <summary>Asks the loop model about the first loop of a snippet.</summary>
internal static class LoopQuestions
{
    public static bool Lasts(string loop, bool compiles = true) => Of(loop, compiles) is var (facts, it) && facts.Loops.IsLongRunning(it);

    public static string Shape(string loop) => Of(loop) is var (facts, it) ? facts.Loops.KindOf(it).ToString() : "";

    public static bool EndsWithItsWork(string loop) => LoopExits.EndsWithItsWork(Of(loop).Loop);

    private static (CompilationFacts Facts, ILoopOperation Loop) Of(string loop, bool compiles = true)
    {
        var cancel = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Snippet.InClass($$"""
            using System.Collections.Concurrent;
            using System.Collections.Generic;
            using System.Threading.Channels;

            private static bool s_on = true;
            private readonly CancellationTokenSource _source = new();
            private readonly Other _other = new();
            private bool _running = true, _stopped = false, _on = true;
            private bool? _maybe = true;
            private bool Open { get; set; } = true;
            private bool Busy => _source.GetHashCode() > 0;
            private bool IsStarted => _source.GetHashCode() > 0;

            private class Other { public bool Loud { get; set; } public bool Closed { get; set; } public int Count; }
            private bool Take(int first, ref bool second, out bool third) => third = second = first > 0;
            private bool Read(ref bool flag) => flag;
            private bool TryTake(int item, int timeout) => item > timeout;
            private bool Poll(out int item, int timeout) { item = timeout; return timeout > 0; }
            private Task<bool> OutputAvailableAsync() => Task.FromResult(true);
            private Task<bool> NextAsync() => Task.FromResult(true);

            async Task M(CancellationToken t, PeriodicTimer timer, ChannelReader<int> reader, BlockingCollection<int> queue, int[] items, System.IO.TextReader text, Stack<int> stack, DateTime until)
            {
                await Task.Yield();
                {{loop}}
            }
            """), cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Loops", [tree], Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal(compiles, !compilation.GetDiagnostics(cancel).Any(each => each.Severity == DiagnosticSeverity.Error));
        var first = tree.GetRoot(cancel).DescendantNodes().First(each => each is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax);
        return (CompilationFacts.Of(compilation), (ILoopOperation)compilation.GetSemanticModel(tree).GetOperation(first, cancel)!); // a loop is an operation
    }
}
