using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>What a fix writes in C# 7.3, which has neither several discards among a lambda's parameters nor much else that is younger.</summary>
public sealed class OlderLanguageFixTests
{
    private const string Send = "\nstatic Task SendAsync(int n) { return Task.Delay(n); }";

    private const string Count = "\nstatic async Task<int> CountAsync(CancellationToken token = default) { return (await System.IO.File.ReadAllTextAsync(\"x\", token)).Length; }";

    [Theory]
    [InlineData("Parallel.ForEach(all, n => SendAsync(n).Wait());", "await Parallel.ForEachAsync(all, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, n => Task.Delay(n).Wait());", "await Parallel.ForEachAsync(all, async (n, token) => await Task.Delay(n, token));")]
    [InlineData("Parallel.For(0, 9, delegate (int n) { SendAsync(n).Wait(); });", "await Parallel.ForAsync(0, 9, async (int n, CancellationToken _) => { await SendAsync(n); });")]
    [InlineData("all.AsParallel().ForAll(n => SendAsync(n).Wait());", "await Parallel.ForEachAsync(all, async (n, _) => await SendAsync(n));")]
    [InlineData("Parallel.ForEach(all, n => SendAsync(n).ContinueWith(_ => Task.Yield()).Wait());", "await Parallel.ForEachAsync(all, async (n, token) => await SendAsync(n).ContinueWith(_ => Task.Yield()));")]
    [InlineData("Parallel.ForEach(all, _ => SendAsync(1).Wait());", "await Parallel.ForEachAsync(all, async (_, token) => await SendAsync(1));")]
    [InlineData("Func<int, Task> f = async _ => { await Task.Yield(); Parallel.ForEach(all, n => SendAsync(n).Wait()); }; await f(1);", "Func<int, Task> f = async _ => { await Task.Yield(); await Parallel.ForEachAsync(all, async (n, token) => await SendAsync(n)); }; await f(1);")]
    public async Task Awaits_a_parallel_loop(string before, string after) => Assert.Equal(
        InClass($"async Task M(int[] all) {{ await Task.Yield(); {after} }}" + Send),
        await FixedAsync(new BlockingInParallelLoopAnalyzer(), new BlockingInParallelLoopFix(), "Await Parallel.ForEachAsync", $"async Task M(int[] all) {{ await Task.Yield(); {before} }}" + Send));

    [Fact]
    public async Task Awaits_a_continuation() => Assert.Equal(
        InClass(
            """
            async Task ShowAsync()
            {
                try
                {
                    var result = await CountAsync();
                    Console.WriteLine(result);
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                }
                await Task.Yield();
            }
            """ + Count),
        await FixedAsync(
            new FaultHidingContinuationAnalyzer(), new FaultHidingContinuationFix(), FaultHidingContinuationFix.Await,
            """
            async Task ShowAsync()
            {
                _ = CountAsync().ContinueWith(t => Console.WriteLine(t.Result));
                await Task.Yield();
            }
            """ + Count));

    [Theory]
    [InlineData("CountAsync().ContinueWith(t => Console.WriteLine(t.Result))", "async ct => { var result = await CountAsync(ct); Console.WriteLine(result); }")]
    [InlineData("CountAsync().ContinueWith(_ => Console.WriteLine(1))", "async ct => { try { await CountAsync(ct); } finally { Console.WriteLine(1); } }")]
    public async Task Runs_a_continuation_supervised(string before, string after) => Assert.Equal(
        Flat(InClass($"void Show() {{ AsyncGuard.Supervisor.Default.Run(\"Count\", {after}); }}" + Count)),
        Flat(await FixedAsync(
            new FaultHidingContinuationAnalyzer(), new FaultHidingContinuationFix(), FaultHidingContinuationFix.Run, $"void Show() {{ {before}; }}" + Count, [.. Workbench.LibraryOf(typeof(Supervisor))])));

    [Theory]
    [InlineData("Task.Run(() => { _ = System.IO.File.ReadAllText(\"x\"); });", "ct => { _ = System.IO.File.ReadAllText(\"x\"); return Task.CompletedTask; }")]
    public async Task Runs_work_that_discards_supervised(string before, string after) => Assert.Contains(
        after,
        Flat(await FixedAsync(new UnobservedTaskAnalyzer(), new UnobservedTaskFix(), UnobservedTaskFix.Run, $"void Show() {{ {before} }}" + Send, [.. Workbench.LibraryOf(typeof(Supervisor))])),
        StringComparison.Ordinal);

    private static string Flat(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string InClass(string members) => Snippet.InClass("using System.Linq;\n\n" + members);

    private static async Task<string> FixedAsync(DiagnosticAnalyzer analyzer, CodeFixProvider fix, string title, string members, params MetadataReference[] libraries)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = workspace.CurrentSolution.AddProject("Old", "Old", LanguageNames.CSharp)
            .WithMetadataReferences(Workbench.Net10.Concat(libraries))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp7_3))
            .AddDocument("Old.cs", InClass(members));
        var compilation = await document.Project.GetCompilationAsync(cancel);
        Assert.Empty(compilation!.GetDiagnostics(cancel).Where(each => each.Severity == DiagnosticSeverity.Error));
        var finding = Assert.Single(await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(cancel));

        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new(document, finding, (action, _) => actions.Add(action), cancel));
        var operations = await Assert.Single(actions, each => each.Title == title).GetOperationsAsync(cancel);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        Assert.Empty((await changed.GetSemanticModelAsync(cancel))!.GetDiagnostics(cancellationToken: cancel).Where(each => each.Severity == DiagnosticSeverity.Error));
        return $"{await changed.GetTextAsync(cancel)}";
    }
}
