using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>
/// Every fix of every rule's plainest defect, in each form of code and in older languages: the result compiles in the very language that it was
/// written in, and no rule has anything to say of it.
/// </summary>
public sealed class FixFormTests
{
    private const string Plainest = "a method";

    private static readonly string[] SinceCSharp8 = ["an async iterator", "an await using", "an interface's default", "a nullable context", "no nullable context"];
    private static readonly string[] SinceCSharp9 = ["a record", "a partial method", "top-level statements"];
    private static readonly string[] SinceCSharp10 = ["a record struct"];
    private static readonly string[] SinceCSharp11 = ["a primary constructor's type", "a file-local type"];

    private static readonly DiagnosticAnalyzer[] AllRules = [.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()];

    private static readonly MetadataReference[] Libraries =
    [
        .. Workbench.Net10,
        .. Workbench.LibraryOf(typeof(Npgsql.NpgsqlConnection)).Union(Workbench.LibraryOf(typeof(Microsoft.Extensions.Hosting.IHost))),
    ];

    // Where the plainest defect has no fix: there is no logger to write to, no service to resolve anew, a continuation or a lambda has a shape that others chose.
    private static readonly string[] WithoutOffer = ["ASG1008", "ASG2007", "ASG4010"];

    private static IEnumerable<string> Fixable => FormTests.Defects.Keys.Where(Catalogue.IsFixed);

    public static TheoryData<string, string, LanguageVersion> Cases =>
    [
        .. from id in Fixable
           from form in FormTests.Forms.Keys
           where form != "C# 7.3" // a language, not a form
           from version in VersionsOf(form)
           select (id, form, version),
        .. from form in FormTests.ServiceForms.Keys
           where form != "C# 7.3"
           from version in VersionsOf(form)
           select ("ASG2003", form, version),
    ];

    [Theory, MemberData(nameof(Cases))]
    public async Task A_fix_compiles_and_is_silent_in(string id, string form, LanguageVersion version)
    {
        var offers = await TryAsync(id, form, version, Libraries);
        if (form == Plainest)
        {
            offers += await TryAsync(id, form, version, Libraries.Union(Workbench.LibraryOf(typeof(Supervisor))));
            Assert.Equal(WithoutOffer.Contains(id), offers == 0);
        }
    }

    private static async Task<int> TryAsync(string id, string form, LanguageVersion version, IEnumerable<MetadataReference> libraries)
    {
        var code = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n"
            + (id == "ASG2003" ? FormTests.ServiceForms[form].Replace("$", FormTests.RunsOnce, StringComparison.Ordinal) : FormTests.Forms[form].Replace("$", FormTests.Defects[id], StringComparison.Ordinal));
        var document = Document(code, version, form == "top-level statements" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, libraries);
        var before = await DiagnosticsAsync(document.Project);
        Assert.DoesNotContain(before, each => each.Severity == DiagnosticSeverity.Error);

        var offers = await OffersAsync(document, before.First(each => each.Id == id));
        foreach (var offer in offers)
        {
            var applied = (await offer.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single();
            var after = applied.ChangedSolution.GetProject(document.Project.Id)!; // a fix removes no project
            var left = (await DiagnosticsAsync(after)).Where(each => each.Severity == DiagnosticSeverity.Error || each.Id.StartsWith("ASG", StringComparison.Ordinal)).ToList();
            Assert.True(left.Count == 0, $"'{offer.Title}' leaves:\n{string.Join('\n', left)}\nin\n{await after.GetDocument(document.Id)!.GetTextAsync(TestContext.Current.CancellationToken)}");
        }

        return offers.Count;
    }

    private static IEnumerable<LanguageVersion> VersionsOf(string form) => form switch
    {
        Plainest => [LanguageVersion.CSharp7_3, LanguageVersion.CSharp8, LanguageVersion.CSharp9, LanguageVersion.CSharp10, LanguageVersion.Latest],
        _ when SinceCSharp8.Contains(form) => [LanguageVersion.CSharp8],
        _ when SinceCSharp9.Contains(form) => [LanguageVersion.CSharp9],
        _ when SinceCSharp10.Contains(form) => [LanguageVersion.CSharp10],
        _ when SinceCSharp11.Contains(form) => [LanguageVersion.CSharp12],
        _ => [LanguageVersion.CSharp7_3],
    };

    private static Document Document(string code, LanguageVersion version, OutputKind kind, IEnumerable<MetadataReference> libraries)
    {
        var workspace = new AdhocWorkspace(Microsoft.CodeAnalysis.Host.Mef.MefHostServices.DefaultHost);
        return workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "Form", "Form", LanguageNames.CSharp,
                parseOptions: new CSharpParseOptions(version), compilationOptions: new CSharpCompilationOptions(kind), metadataReferences: libraries.Distinct()))
            .AddDocument("Form.cs", code);
    }

    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var cancel = TestContext.Current.CancellationToken;
        var compilation = (await project.GetCompilationAsync(cancel))!; // C# has one
        return [.. compilation.GetDiagnostics(cancel), .. await compilation.WithAnalyzers([.. AllRules]).GetAnalyzerDiagnosticsAsync(cancel)];
    }

    private static async Task<IReadOnlyList<CodeAction>> OffersAsync(Document document, Diagnostic finding)
    {
        var offers = new List<CodeAction>();
        foreach (var fix in Catalogue.Fixes.OfType<Fixing.RuleFix>().Where(each => each.FixableDiagnosticIds.Contains(finding.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (offer, _) => offers.Add(offer), TestContext.Current.CancellationToken));
        }

        return offers;
    }
}
