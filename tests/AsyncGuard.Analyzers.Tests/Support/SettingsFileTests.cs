using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Support;

/// <summary>The vocabulary of a rule that reads settings files; the testing library fixes nothing but code.</summary>
public abstract class SettingsFileTests<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new TAnalyzer()];

    /// <summary>The file that is judged.</summary>
    protected virtual string FileName => "appsettings.json";

    protected Task SilentAsync(string json, string members, params Given[] given) => FixesAsync(json, json, members, given);

    /// <summary>Reports what is marked, mends it one by one, and all at once.</summary>
    protected async Task FixesAsync(string json, string mended, string members, params Given[] given)
    {
        var cancel = TestContext.Current.CancellationToken;
        TestFileMarkupParser.GetSpans(json.ReplaceLineEndings("\n"), out var text, out ImmutableArray<TextSpan> marked);
        var (solution, file) = Open(text, members, given);

        var found = await FindAsync(solution, file, cancel);
        Assert.Equal(marked.Select(span => text.Substring(span.Start, span.Length)), found.Select(each => text.Substring(each.Location.SourceSpan.Start, each.Location.SourceSpan.Length)));

        foreach (var scope in found.IsEmpty ? [] : new[] { FixAllScope.Project, FixAllScope.Solution })
        {
            Assert.Equal(mended.ReplaceLineEndings("\n"), await ReadAsync(await FixAllAsync(solution, file, found, scope, cancel), file, cancel));
        }

        for (var left = found; !left.IsEmpty; left = await FindAsync(solution, file, cancel))
        {
            solution = await FixAsync(solution, file, left[0], cancel);
        }

        Assert.Equal(mended.ReplaceLineEndings("\n"), await ReadAsync(solution, file, cancel));
    }

    private (Solution Solution, DocumentId File) Open(string json, string members, Given[] given)
    {
        var state = new ProjectState("Shop", LanguageNames.CSharp, "/", "cs");
        Array.ForEach(given, add => add(state));
        var project = new AdhocWorkspace().CurrentSolution.AddProject("Shop", "Shop", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithMetadataReferences(Workbench.Net10.Concat(state.AdditionalReferences))
            .AddDocument("Subject.cs", Snippet.InClass(members), filePath: "/shop/Subject.cs").Project;
        foreach (var (name, text) in state.AnalyzerConfigFiles)
        {
            project = project.AddAnalyzerConfigDocument(name, text, filePath: "/shop/.editorconfig").Project;
        }

        foreach (var (name, text) in state.AdditionalFiles)
        {
            project = project.AddAdditionalDocument(name, text, filePath: "/shop/" + name).Project;
        }

        var file = project.AddAdditionalDocument(FileName, json, filePath: "/shop/" + FileName);
        return (file.Project.Solution, file.Id);
    }

    private async Task<ImmutableArray<Diagnostic>> FindAsync(Solution solution, DocumentId file, CancellationToken cancel)
    {
        var project = solution.GetProject(file.ProjectId)!;
        var compilation = (await project.GetCompilationAsync(cancel))!;
        Assert.Empty(compilation.GetDiagnostics(cancel).Where(each => each.Severity == DiagnosticSeverity.Error));
        var found = await compilation.WithAnalyzers(Analyzers, project.AnalyzerOptions).GetAllDiagnosticsAsync(cancel);
        Assert.DoesNotContain(found, each => each.Id == "AD0001");
        return [.. found.Where(each => each.Location.GetLineSpan().Path == "/shop/" + FileName).OrderBy(each => each.Location.SourceSpan.Start)];
    }

    private static async Task<Solution> FixAsync(Solution solution, DocumentId file, Diagnostic finding, CancellationToken cancel)
    {
        var offers = new List<CodeAction>();
        await new TFix().RegisterCodeFixesAsync(new(solution.GetAdditionalDocument(file)!, finding, (offer, _) => offers.Add(offer), cancel));
        var offer = Assert.Single(offers);
        Assert.Equal(offer.Title, offer.EquivalenceKey);
        return await ApplyAsync(offer, cancel);
    }

    private static async Task<Solution> FixAllAsync(Solution solution, DocumentId file, ImmutableArray<Diagnostic> found, FixAllScope scope, CancellationToken cancel)
    {
        var fix = new TFix();
        var context = new FixAllContext(
            solution.GetProject(file.ProjectId)!, fix, scope, codeActionEquivalenceKey: null, fix.FixableDiagnosticIds, new Found(found), cancel);
        return await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!, cancel);
    }

    private static async Task<Solution> ApplyAsync(CodeAction action, CancellationToken cancel) =>
        Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(cancel))).ChangedSolution;

    private static async Task<string> ReadAsync(Solution solution, DocumentId file, CancellationToken cancel) =>
        (await solution.GetAdditionalDocument(file)!.GetTextAsync(cancel)).ToString();

    private sealed class Found(ImmutableArray<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);
    }
}
