using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>The scope of one's own in projects of another kind: an old language, no import of its namespace, other projects that make the type.</summary>
public sealed class OwnScopeProjectTests
{
    private const string Code =
        """
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Shop : DbContext { }

        public class Orders
        {
            private readonly Shop _db;

            public Orders(Shop db)
            {
                _db = db;
            }

            public void Place()
            {
                _ = _db.SaveChangesAsync();
            }
        }
        """;

    private static readonly MetadataReference[] Libraries =
    [
        .. Workbench.Net10,
        .. Workbench.LibraryOf(typeof(Microsoft.EntityFrameworkCore.DbContext)).Union(Workbench.LibraryOf(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection))),
    ];

    [Fact]
    public async Task An_old_language_has_a_using_statement()
    {
        var changed = await FixedAsync(Document(LanguageVersion.CSharp7_3, Code));
        Assert.Contains("using (var scope = _scopeFactory.CreateScope())", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_namespace_of_the_scopes_is_imported_in_its_place()
    {
        var changed = await FixedAsync(Document(LanguageVersion.CSharp8, Code));
        Assert.Contains("using Microsoft.EntityFrameworkCore;\nusing Microsoft.Extensions.DependencyInjection;\n", changed, StringComparison.Ordinal);
        Assert.Contains("await using var scope = _scopeFactory.CreateAsyncScope();", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_project_that_makes_the_type_goes_on_compiling()
    {
        var document = Document(LanguageVersion.CSharp8, Code);
        var other = document.Project.Solution.AddProject("Two", "Two", LanguageNames.CSharp).WithMetadataReferences(Libraries).AddProjectReference(new(document.Project.Id))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).AddDocument("Two.cs", "class Two { object Make() => new Orders(null); }");
        Assert.Empty(await OffersAsync(other.Project.Solution.GetDocument(document.Id)!));
    }

    private static Document Document(LanguageVersion version, string code) => new AdhocWorkspace(Microsoft.CodeAnalysis.Host.Mef.MefHostServices.DefaultHost).AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "One", "One", LanguageNames.CSharp,
            parseOptions: new CSharpParseOptions(version), compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: Libraries))
        .AddDocument("One.cs", code.ReplaceLineEndings("\n"));

    // Compiled, and nothing of ours to say of it.
    private static async Task<string> FixedAsync(Document document)
    {
        var offer = Assert.Single(await OffersAsync(document));
        Assert.Equal(ScopeEscapeFix.TitlePlain, offer.Title);
        var applied = (await offer.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single();
        var changed = applied.ChangedSolution.GetDocument(document.Id)!;
        Assert.Empty(await FindingsAsync(changed, [.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()]));
        return $"{await changed.GetTextAsync(TestContext.Current.CancellationToken)}";
    }

    private static async Task<List<CodeAction>> OffersAsync(Document document)
    {
        var finding = Assert.Single(await FindingsAsync(document, [new ScopeEscapeAnalyzer()]));
        var offers = new List<CodeAction>();
        await new ScopeEscapeFix().RegisterCodeFixesAsync(new(document, finding, (offer, _) => offers.Add(offer), TestContext.Current.CancellationToken));
        return offers;
    }

    private static async Task<IReadOnlyList<Diagnostic>> FindingsAsync(Document document, DiagnosticAnalyzer[] rules)
    {
        var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!; // C# has one
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), each => each.Severity >= DiagnosticSeverity.Warning);
        return await compilation.WithAnalyzers([.. rules]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
