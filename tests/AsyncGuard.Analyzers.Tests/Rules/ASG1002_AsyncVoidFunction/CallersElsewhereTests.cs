using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>Callers in other files and projects follow a function that returns a task.</summary>
public sealed class CallersElsewhereTests
{
    private const string Jobs = "using System.Threading.Tasks;\npublic static class Jobs { public static async void Save(int id) => await System.IO.File.ReadAllTextAsync(\"x\"); }";

    private const string Caller = "using System.Threading.Tasks;\npublic class Caller { async Task M() { Jobs.Save(1); } }";

    [Fact]
    public async Task A_caller_in_another_file_awaits()
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var project = ProjectIn(workspace.CurrentSolution, "One");
        var jobs = project.AddDocument("Jobs.cs", Jobs);
        var caller = jobs.Project.AddDocument("Caller.cs", Caller);

        var changed = await FixedAsync(caller.Project.GetDocument(jobs.Id)!);
        Assert.Contains("public static async Task Save(int id)", await TextAsync(changed, jobs.Id), StringComparison.Ordinal);
        Assert.Contains("await Jobs.Save(1);", await TextAsync(changed, caller.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_in_another_project_awaits()
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var jobs = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Jobs.cs", Jobs);
        var caller = ProjectIn(jobs.Project.Solution, "Two").AddProjectReference(new(jobs.Project.Id)).AddDocument("Caller.cs", Caller);

        var changed = await FixedAsync(caller.Project.Solution.GetDocument(jobs.Id)!);
        Assert.Contains("await Jobs.Save(1);", await TextAsync(changed, caller.Id), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FixAllScope.Document, false, "async void Save", "{ Jobs.Save(1);")]
    [InlineData(FixAllScope.Project, false, "async Task Save", "await Jobs.Save(1);")]
    [InlineData(FixAllScope.Solution, false, "async Task Save", "await Jobs.Save(1);")]
    [InlineData(FixAllScope.Project, true, "async void Save", "{ Jobs.Save(1);")]
    [InlineData(FixAllScope.Solution, true, "async Task Save", "await Jobs.Save(1);")]
    public async Task Fixing_all_reaches_callers_within_its_scope(FixAllScope scope, bool isElsewhere, string function, string call)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var jobs = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Jobs.cs", Jobs);
        var caller = (isElsewhere ? ProjectIn(jobs.Project.Solution, "Two").AddProjectReference(new(jobs.Project.Id)) : jobs.Project).AddDocument("Caller.cs", Caller);
        jobs = caller.Project.Solution.GetDocument(jobs.Id)!;

        var all = new FixAllContext(
            jobs, new AsyncVoidFunctionFix(), scope, AsyncVoidFunctionFix.ReturnTask, [AsyncVoidFunctionAnalyzer.Id], new Known(await FindingAsync(jobs)), TestContext.Current.CancellationToken);
        var changed = await ResultAsync((await new AsyncVoidFunctionFix().GetFixAllProvider().GetFixAsync(all))!);
        Assert.Contains(function, await TextAsync(changed, jobs.Id), StringComparison.Ordinal);
        Assert.Contains(call, await TextAsync(changed, caller.Id), StringComparison.Ordinal);
    }

    private static Project ProjectIn(Solution solution, string name) => solution.AddProject(name, name, LanguageNames.CSharp)
        .WithMetadataReferences(Workbench.Net10)
        .WithCompilationOptions(new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static async Task<Solution> FixedAsync(Document document)
    {
        var actions = new List<CodeAction>();
        await new AsyncVoidFunctionFix().RegisterCodeFixesAsync(new(document, await FindingAsync(document), (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return await ResultAsync(Assert.Single(actions, each => each.EquivalenceKey == AsyncVoidFunctionFix.ReturnTask));
    }

    private static async Task<Solution> ResultAsync(CodeAction action) =>
        (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task<Diagnostic> FindingAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return Assert.Single(await compilation!.WithAnalyzers([new AsyncVoidFunctionAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> TextAsync(Solution solution, DocumentId id) => $"{await solution.GetDocument(id)!.GetTextAsync(TestContext.Current.CancellationToken)}";

    private sealed class Known(Diagnostic finding) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([finding]);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([finding]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
