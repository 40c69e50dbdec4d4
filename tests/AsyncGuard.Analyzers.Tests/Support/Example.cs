using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Support;

/// <summary>One file that a page shows: C#, or the settings beside it.</summary>
internal sealed class Example(string text, CSharpCompilation compilation, params AdditionalText[] files)
{
    private const string OpensOrders =
        """
        using Microsoft.Extensions.Configuration;

        class Subject { object Open(IConfiguration configuration) => new Npgsql.NpgsqlConnection(configuration.GetConnectionString("Orders")); }
        """;

    public static Example OfCode(string code) => new(code, Compile(code, Workbench.Everything));

    /// <summary>Beside code that opens a PostgreSQL database by the string called <c>Orders</c>.</summary>
    public static Example OfSettings(string json) => new(json, Compile(OpensOrders, Workbench.Everything), new SettingsFile(json));

    public IEnumerable<Diagnostic> Errors =>
        compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(each => each.Severity is DiagnosticSeverity.Error);

    public IEnumerable<string> LinesMarked(string id) => text.Split('\n').Where(line => line.EndsWith("// " + id, StringComparison.Ordinal));

    public IEnumerable<(int Number, string Text)> Lines() => text.Split('\n').Select((line, number) => (number, line));

    public async Task<IEnumerable<string>> LinesReportedAsync(string id)
    {
        var lines = text.Split('\n');
        return from found in await FindingsAsync([Catalogue.Rules.Single(each => each.Rule.Id == id).Analyzer])
               where found.Id == id
               orderby found.Location.SourceSpan.Start
               select lines[LineOf(found)];
    }

    /// <summary>What these rules find; one that throws fails the test.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindingsAsync(IEnumerable<DiagnosticAnalyzer> rules)
    {
        var run = compilation.WithAnalyzers([.. rules], new AnalyzerOptions([.. files]));
        var found = await run.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, each => each.Id == "AD0001"); // what the compiler says of an analyzer that threw
        return found;
    }

    public static int LineOf(Diagnostic found) => found.Location.GetLineSpan().StartLinePosition.Line;

    private static CSharpCompilation Compile(string code, IEnumerable<MetadataReference> libraries)
    {
        var tree = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken);
        return CSharpCompilation.Create("Page", [tree], libraries, new(OutputKind.DynamicallyLinkedLibrary));
    }

    private sealed class SettingsFile(string json) : AdditionalText
    {
        public override string Path => "/project/appsettings.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(json);
    }
}
