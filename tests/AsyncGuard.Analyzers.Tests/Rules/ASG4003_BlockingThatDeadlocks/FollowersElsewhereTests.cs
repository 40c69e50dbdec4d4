using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>Who follows stands in other files, in other projects, or in an older language.</summary>
public sealed class FollowersElsewhereTests
{
    private const string Usings = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n";

    private const string Lock = "public partial class Store { readonly object _gate = new object(); public void Save() { lock (_gate) { Task.Delay(1).Wait(); } } }";
    private const string Lazy = "public partial class Store { readonly Lazy<string> _text = new Lazy<string>(() => System.IO.File.ReadAllTextAsync(\"x\").Result); }";
    private const string Disposal = "public class Store : IDisposable { public void Dispose() => Task.Delay(1).Wait(); public static Store Open() => new Store(); }";
    private const string Getter = "public class Store { public string Text => System.IO.File.ReadAllTextAsync(\"x\").Result; }";
    private const string Creation = "public class Store { public string Text; public Store() { Text = System.IO.File.ReadAllTextAsync(\"x\").Result; } }";

    [Theory]
    [InlineData("await _gate.WaitAsync();", Lock, "public partial class Store { public void Clear() { lock (_gate) { } } }")]
    [InlineData("await store.SaveAsync()", Lock, "class User { void M(Store store) => store.Save(); }")]
    [InlineData("await _text.Value", Lazy, "public partial class Store { int Length() => _text.Value.Length; }")]
    [InlineData("await using var store", Disposal, "class User { void M() { using var store = Store.Open(); } }")]
    [InlineData("await store.DisposeAsync()", Disposal, "class User { void M(Store store) => store.Dispose(); }")]
    [InlineData("await store.GetTextAsync()", Getter, "class User { string M(Store store) => store.Text; }")]
    [InlineData("await Store.CreateAsync()", Creation, "class User { Store M() => new Store(); }")]
    public async Task Another_file_follows(string expected, string code, string follower)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Store.cs", Usings + code);
        var other = document.Project.AddDocument("User.cs", Usings + follower);

        var changed = await ResultAsync(Assert.Single(await OffersAsync(other.Project.GetDocument(document.Id)!)));
        Assert.Contains(expected, await TextAsync(changed, other.Id), StringComparison.Ordinal);
        Assert.Empty(await FindingsAsync(changed.GetDocument(document.Id)!.Project));
    }

    [Theory]
    [InlineData(Lock, "class User { void M(Store store) => store.Save(); }")]
    [InlineData(Disposal, "class User { void M() { using (Store.Open()) { } } }")]
    [InlineData(Disposal, "class User { IDisposable M() => Store.Open(); }")]
    [InlineData(Disposal, "class User { object M() => Activator.CreateInstance<Store>(); }")]
    [InlineData(Disposal, "class User { void M() => Register(() => new Store()); static void Register(Func<object> make) => make(); }")]
    [InlineData(Getter, "class User { string M(Store store) => store.Text; }")]
    [InlineData(Creation + " class Own { Store M() => new Store(); }", "class User { Store M() => new Store(); }")]
    [InlineData(Creation + " class Own { Store M() => new Store(); } public static class Taker { public static void Take(Store store) { } }", "class User { void M() => Taker.Take(new()); }")]
    [InlineData(Creation + " class Own { Store M() => new Store(); }", "class User { object M() => Activator.CreateInstance(typeof(Store)); }")]
    public async Task Another_project_does_not_follow(string code, string follower)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Store.cs", Usings + code);
        var other = ProjectIn(document.Project.Solution, "Two").AddProjectReference(new(document.Project.Id)).AddDocument("User.cs", Usings + follower);

        Assert.Empty(await OffersAsync(other.Project.Solution.GetDocument(document.Id)!));
        Assert.Single(await OffersAsync(document));
    }

    [Theory]
    [InlineData(Disposal, "class User { object M() => Store.Open(); void N(Store store) => GC.KeepAlive(Store.Open()); }")]
    [InlineData(Creation + " class Own { Store M() => new Store(); }", "class User { string M(Store store) => store.Text; }")]
    public async Task Another_project_that_need_not_follow_is_no_hindrance(string code, string other)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Store.cs", Usings + code);
        var user = ProjectIn(document.Project.Solution, "Two").AddProjectReference(new(document.Project.Id)).AddDocument("User.cs", Usings + other);

        Assert.Single(await OffersAsync(user.Project.Solution.GetDocument(document.Id)!));
    }

    [Theory]
    [InlineData(FixAllScope.Document, "Lazy<string> _text", "_text.Value.Length")]
    [InlineData(FixAllScope.Project, "Lazy<Task<string>> _text", "(await _text.Value).Length")]
    [InlineData(FixAllScope.Solution, "Lazy<Task<string>> _text", "(await _text.Value).Length")]
    public async Task Fixing_all_changes_other_files_within_its_scope(FixAllScope scope, string field, string read)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Store.cs", Usings + Lazy + Lock.Replace("Store", "Vault", StringComparison.Ordinal) + "partial class Vault { readonly Lazy<int> _n = new Lazy<int>(() => Task.FromResult(1).ContinueWith(t => t.Result).Result); int N() => _n.Value; }");
        var other = document.Project.AddDocument("User.cs", Usings + "public partial class Store { readonly Lazy<string> _more = new Lazy<string>(() => System.IO.File.ReadAllTextAsync(\"y\").Result); int Length() => _text.Value.Length + _more.Value.Length; }");
        var untouched = other.Project.AddDocument("Other.cs", Usings + Getter.Replace("Store", "Other", StringComparison.Ordinal));
        document = untouched.Project.GetDocument(document.Id)!;

        var findings = await FindingsAsync(document.Project);
        Assert.Equal(5, findings.Count);
        var changed = await FixAllAsync(document, scope, "Let the Lazy hold the task", findings);
        var text = await TextAsync(changed, document.Id);
        Assert.Contains(field, text, StringComparison.Ordinal);
        Assert.Contains("Lazy<Task<int>> _n", text, StringComparison.Ordinal);
        Assert.Contains("lock (_gate)", text, StringComparison.Ordinal);
        Assert.Contains(read, await TextAsync(changed, other.Id), StringComparison.Ordinal);
        Assert.DoesNotContain(untouched.Id, changed.GetChanges(document.Project.Solution).GetProjectChanges().SelectMany(each => each.GetChangedDocuments()));
        Assert.Empty((await changed.GetProject(document.Project.Id)!.GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics(TestContext.Current.CancellationToken).Where(each => each.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public async Task Fixing_all_of_a_solution_goes_through_its_projects()
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var one = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Store.cs", Usings + Getter);
        var two = ProjectIn(one.Project.Solution, "Two").AddDocument("Store.cs", Usings + Getter);
        var document = two.Project.Solution.GetDocument(one.Id)!;
        List<Diagnostic> findings = [.. await FindingsAsync(document.Project), .. await FindingsAsync(two.Project)];
        Assert.Equal(2, findings.Count);

        foreach (var (scope, expected) in ((FixAllScope, string)[])[(FixAllScope.Project, "string Text"), (FixAllScope.Solution, "Task<string> GetTextAsync")])
        {
            var changed = await FixAllAsync(document, scope, "Make it an async method", findings);
            Assert.Contains("Task<string> GetTextAsync", await TextAsync(changed, one.Id), StringComparison.Ordinal);
            Assert.Contains(expected, await TextAsync(changed, two.Id), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, 0)]
    [InlineData(LanguageVersion.CSharp8, 1)]
    public async Task A_using_is_awaited_where_the_language_can(LanguageVersion version, int offers)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var project = ProjectIn(workspace.CurrentSolution, "One").WithParseOptions(new CSharpParseOptions(version));
        Assert.Equal(offers, (await OffersAsync(project.AddDocument("Store.cs", Usings + Disposal + " class User { void M() { using (new Store()) { } } }"))).Count);
    }

    [Theory]
    [InlineData(Lock)]
    [InlineData(Disposal + " class User { void M() => new Store().Dispose(); }")]
    [InlineData(Getter + " class User { string M(Store store) => store.Text; }")]
    [InlineData(Creation + " class User { Store M() => new Store(); }")]
    [InlineData("class Store { readonly Lazy<int> _n = new Lazy<int>(() => Task.FromResult(1).ContinueWith(t => t.Result).Result + 1); int N() => _n.Value; }")]
    public async Task The_rest_is_written_in_any_language(string code)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = ProjectIn(workspace.CurrentSolution, "One").WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp7_3)).AddDocument("Store.cs", Usings + code);

        var changed = (await ResultAsync(Assert.Single(await OffersAsync(document)))).GetDocument(document.Id)!.Project;
        var compilation = await changed.GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(compilation!.GetDiagnostics(TestContext.Current.CancellationToken), each => each.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(await FindingsAsync(changed));
    }

    private static Project ProjectIn(Solution solution, string name) => solution.AddProject(name, name, LanguageNames.CSharp)
        .WithMetadataReferences(Workbench.Net10)
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static async Task<Solution> FixAllAsync(Document document, FixAllScope scope, string title, IReadOnlyList<Diagnostic> findings)
    {
        var fix = new BlockingThatDeadlocksFix();
        var all = new FixAllContext(document, fix, scope, title, [BlockingThatDeadlocksAnalyzer.Id], new Known(findings), TestContext.Current.CancellationToken);
        return await ResultAsync((await fix.GetFixAllProvider().GetFixAsync(all))!);
    }

    private static async Task<List<CodeAction>> OffersAsync(Document document)
    {
        var offers = new List<CodeAction>();
        foreach (var finding in (await FindingsAsync(document.Project)).Take(1))
        {
            await new BlockingThatDeadlocksFix().RegisterCodeFixesAsync(new(document, finding, (action, _) => offers.Add(action), TestContext.Current.CancellationToken));
        }

        return offers;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!; // C# has one
        var rules = Catalogue.Rules.Select(each => each.Analyzer).Distinct();
        return [.. await compilation.WithAnalyzers([.. rules]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)];
    }

    private static async Task<Solution> ResultAsync(CodeAction action) =>
        (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task<string> TextAsync(Solution solution, DocumentId id) => $"{await solution.GetDocument(id)!.GetTextAsync(TestContext.Current.CancellationToken)}";

    private sealed class Known(IReadOnlyList<Diagnostic> findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
