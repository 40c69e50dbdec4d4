using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>A fix changes one document: where another project names the function, it is not made async.</summary>
public sealed class CallersInOtherProjectsTests
{
    [Theory]
    [InlineData("class Caller { int M(System.Threading.Tasks.Task<int> t) => Jobs.Count(t); }")]
    [InlineData("class Caller { System.Func<System.Threading.Tasks.Task<int>, int> M() => Jobs.Count; }")]
    [InlineData("class Caller { int M(System.Threading.Tasks.Task<int> t) => t.Count(); }")]
    [InlineData("class Caller { int M() => Jobs.Count(1); }")]
    public async Task Is_not_fixed_where_a_dependent_project_names_it(string caller) => Assert.Empty(await OffersAsync(Count, caller));

    [Theory]
    [InlineData("class Caller { void M() { } }")]
    [InlineData("class Caller { int Count(int n) => n; int M() => Count(1); }")]
    [InlineData("class Caller { string M() => \"Count\"; }")]
    public async Task Is_fixed_where_a_dependent_project_names_something_else(string caller) => Assert.Single(await OffersAsync(Count, caller));

    [Theory]
    [InlineData("class Other : Jobs { protected override int Count(System.Threading.Tasks.Task<int> t) => 1; }", 0)]
    [InlineData("class Middle : Jobs { } class Other : Middle { protected override int Count(System.Threading.Tasks.Task<int> t) => 1; }", 0)]
    [InlineData("class Other { protected virtual int Count(System.Threading.Tasks.Task<int> t) => 1; }", 1)]
    [InlineData("class Other : Jobs { int Count(int n) => n; }", 1)]
    public async Task Is_not_fixed_where_a_dependent_project_overrides_it(string other, int offers) => Assert.Equal(offers, (await OffersAsync(
        "using System.Threading.Tasks;\npublic class Jobs { protected virtual int Count(Task<int> t) => t.Result; }", other)).Count);

    [Theory]
    [InlineData("class Other : IJobs { public int Count(System.Threading.Tasks.Task<int> t) => 1; }", 0)]
    [InlineData("class Other : IJobs { int IJobs.Count(System.Threading.Tasks.Task<int> t) => 1; }", 0)]
    [InlineData("class Other { public int Count(System.Threading.Tasks.Task<int> t) => 1; }", 1)]
    public async Task Is_not_fixed_where_a_dependent_project_implements_it(string other, int offers) => Assert.Equal(offers, (await OffersAsync(
        "using System.Threading.Tasks;\npublic interface IJobs { int Count(Task<int> t); }\npublic class Jobs : IJobs { public int Count(Task<int> t) => t.Result; }", other)).Count);

    [Fact]
    public async Task Is_fixed_where_nobody_else_can_see_it() => Assert.Single(await OffersAsync(
        Count.Replace("public static int Count", "private static int Count", StringComparison.Ordinal), "class Caller { int M(System.Threading.Tasks.Task<int> t) => Other.Count(t); } static class Other { public static int Count(System.Threading.Tasks.Task<int> t) => t.Id; }"));

    [Fact]
    public async Task Is_fixed_in_a_local_function_whatever_others_are_called() => Assert.Single(await OffersAsync(
        "using System.Threading.Tasks;\npublic static class Jobs { public static void M(Task<int> t) { Count(); int Count() => t.Result; } public static int Count(int n) => n; }", "class Caller { int M() => Jobs.Count(1); }"));

    [Fact]
    public async Task Is_not_fixed_where_a_project_names_it_that_depends_on_a_dependent_one()
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var jobs = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Jobs.cs", Count);
        var middle = ProjectIn(jobs.Project.Solution, "Two").AddProjectReference(new(jobs.Project.Id)).AddDocument("Middle.cs", "public class Middle { }");
        var last = ProjectIn(middle.Project.Solution, "Three").AddProjectReference(new(middle.Project.Id)).AddProjectReference(new(jobs.Project.Id))
            .AddDocument("Caller.cs", "class Caller { int M(System.Threading.Tasks.Task<int> t) => Jobs.Count(t); }");
        Assert.Empty(await OffersAsync(last.Project.Solution.GetDocument(jobs.Id)!));
    }

    [Fact]
    public async Task Is_fixed_where_the_other_project_does_not_depend_on_it()
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var jobs = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Jobs.cs", Count);
        var other = ProjectIn(jobs.Project.Solution, "Two").AddDocument("Caller.cs", Count + "\nclass Caller { int M(Task<int> t) => Jobs.Count(t); }");
        Assert.Single(await OffersAsync(other.Project.Solution.GetDocument(jobs.Id)!));
    }

    private const string Count = "using System.Threading.Tasks;\npublic static class Jobs { public static int Count(this Task<int> t) => t.Result; }";

    private static async Task<IReadOnlyList<CodeAction>> OffersAsync(string jobs, string caller)
    {
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var defect = ProjectIn(workspace.CurrentSolution, "One").AddDocument("Jobs.cs", jobs);
        var other = ProjectIn(defect.Project.Solution, "Two").AddProjectReference(new(defect.Project.Id)).AddDocument("Caller.cs", caller);
        return await OffersAsync(other.Project.Solution.GetDocument(defect.Id)!);
    }

    private static async Task<IReadOnlyList<CodeAction>> OffersAsync(Document document)
    {
        var compilation = await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken);
        var finding = Assert.Single(await compilation!.WithAnalyzers([new BlockingInSyncAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        var actions = new List<CodeAction>();
        await new BlockingInSyncFix().RegisterCodeFixesAsync(new(document, finding, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return actions;
    }

    private static Project ProjectIn(Solution solution, string name) => solution.AddProject(name, name, LanguageNames.CSharp)
        .WithMetadataReferences(Workbench.Net10)
        .WithCompilationOptions(new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
