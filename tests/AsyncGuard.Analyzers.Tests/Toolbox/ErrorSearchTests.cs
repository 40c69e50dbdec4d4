using AsyncGuard.Rules;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Toolbox;

/// <summary>How the search for errors goes its way: what it shows, that it ends, and that it does not begin without need.</summary>
public sealed class ErrorSearchTests
{
    [Fact]
    public void The_path_leads_to_what_fails()
    {
        var (facts, method) = ErrorQuestions.Read("async Task M() { await A(); }\nasync Task A() { await B(); }\nasync Task B() { File.Delete(\"x\"); await Task.Yield(); }");
        var cancel = TestContext.Current.CancellationToken;
        var escape = facts.Errors.FirstEscape(facts.Bodies.Of(method, cancel)!, cancel)!; // B fails
        Assert.Equal(["A()", "B()", "File.Delete(\"x\")"], facts.Errors.PathOf(escape, cancel).Select(each => each.SourceTree!.GetText(cancel).ToString(each.SourceSpan)));
    }

    [Fact]
    public void A_guarded_body_has_no_path()
    {
        var (facts, method) = ErrorQuestions.Read("void M() { }");
        Assert.Empty(facts.Errors.PathOf(facts.Bodies.Of(method, TestContext.Current.CancellationToken)!, TestContext.Current.CancellationToken)); // it has source
    }

    [Fact]
    public void A_query_made_of_itself_many_times_is_followed_once() => ErrorQuestions.Guarded($$"""
        using System.Collections.Generic;
        using System.Linq;

        void M(List<int> l, int[] on)
        {
            IEnumerable<int> q = l;
            {{string.Concat(Enumerable.Repeat("if (on.Length > 1) { q = q.Where(each => each > 1).Concat(q); } ", 30))}}
            foreach (var i in q) { GC.KeepAlive(i); }
        }
        """);

    [Fact]
    public void A_task_made_of_itself_many_times_is_followed_once() => ErrorQuestions.Guarded($$"""
        async Task M(bool b)
        {
            var t = F.GuardedAsync();
            {{string.Concat(Enumerable.Repeat("t = b ? t : b ? F.GuardedAsync() : t; ", 30))}}
            await t;
        }
        """);

    [Fact]
    public void A_lambda_that_calls_itself_twice_is_followed_once() => ErrorQuestions.Guarded("""
        int M()
        {
            Func<int, int>? f = null;
            f = n => n < 2 ? 1 : f!(n - 1) + f!(n - 2) + f!(n - 3);
            return f(9);
        }
        """);

    [Fact]
    public void A_delegate_that_is_passed_round_in_a_circle_is_followed_once() => ErrorQuestions.Guarded("""
        void M() => A(() => { }, 3);
        private void A(Action a, int n) { if (n > 0) { B(a, n - 1); B(a, n - 2); } a(); }
        private void B(Action b, int n) { A(b, n - 1); A(b, n - 2); }
        """);

    [Fact]
    public void Functions_that_all_call_each_other_are_looked_into_once() => ErrorQuestions.Guarded(
        "void M() { M0(); }\n" + string.Join('\n', Enumerable.Range(0, 20).Select(each => $"void M{each}() {{ {string.Concat(Enumerable.Range(0, 20).Select(other => $"M{other}(); "))} }}")));

    [Fact]
    public async Task Fine_code_is_not_looked_into()
    {
        const string Fine = """
            using System; using System.Collections.Generic; using System.IO; using System.Threading; using System.Threading.Tasks;

            class Orders
            {
                private Task? _work;
                public void Start(CancellationToken stop) { _work = RunAsync(stop); }
                public async Task StopAsync() { if (_work is not null) { await _work; } }
                private static async Task RunAsync(CancellationToken stop)
                {
                    foreach (var path in Directory.GetFiles(".")) { await SaveAsync(path, stop).ConfigureAwait(false); }
                    for (var i = 0; i < 3; i++) { try { await SaveAsync("x", stop); } catch (IOException e) { Console.Error.WriteLine(e); } }
                    await Task.WhenAll(SaveAsync("y", stop), SaveAsync("z", stop));
                    Action<int> print = Console.WriteLine;
                    new List<int> { 1 }.ForEach(each => print(each));
                }
                private static Task SaveAsync(string path, CancellationToken stop) => File.WriteAllTextAsync(path, "", stop);
                private void OnTick(object? sender, EventArgs e) => Console.WriteLine(sender);
            }
            """;
        var cancel = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Fine, cancellationToken: cancel);
        var run = CSharpCompilation.Create("Fine", [tree], Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary)).WithAnalyzers(
            [new UnobservedTaskAnalyzer(), new DyingLoopAnalyzer(), new CatchOutsideLoopAnalyzer(), new SwallowedExceptionAnalyzer()]);
        Assert.Empty(await run.GetAnalyzerDiagnosticsAsync(cancel));
        Assert.Equal(0, CompilationFacts.Of(run.Compilation).Bodies.Count);
    }
}
