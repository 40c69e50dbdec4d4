using AsyncGuard.Support;
using AsyncGuard.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>A defect has one name: all rules together put at most one warning on a line, over everything in the repository that can be analysed.</summary>
/// <remarks>A statement has a line of its own here: where two defects share one in a test's snippet, that says nothing about the rules.</remarks>
public sealed class OneWarningTests
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Data.Common; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; "
        + "global using AsyncGuard; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;";

    private static readonly string[] Vocabulary = ["FixesAsync", "NotFixedAsync", "ReportsAsync", "SaysAsync", "SilentAsync"];

    private static readonly DiagnosticAnalyzer[] AllRules = [.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()];

    public static TheoryData<string> Ids => Catalogue.Ids;

    public static TheoryData<string> DefectIds => [.. FormTests.Defects.Keys];

    public static TheoryData<string> Projects => [.. ProjectFolders.Where(folder => FilesOf(folder).Any())];

    public static TheoryData<string> TestFolders => [.. Directory.GetDirectories(Repository.PathOf("tests/AsyncGuard.Analyzers.Tests/Rules")).Select(path => Path.GetFileName(path)).Order()];

    [Theory, MemberData(nameof(Ids))]
    public async Task A_page_s_examples_have_one_warning_a_line(string id)
    {
        foreach (var example in Page.Read(id).Examples.Select(members => Example.OfCode(Snippet.InClass(members))).Concat(Page.Read(id).JsonExamples.Select(Example.OfSettings)))
        {
            AssertOneEach(await example.FindingsAsync(AllRules));
        }
    }

    [Theory, MemberData(nameof(DefectIds))]
    public async Task Each_form_of_a_defect_has_one_warning_a_line(string id)
    {
        foreach (var (name, form) in FormTests.Forms)
        {
            var code = form.Replace("$", FormTests.Defects[id], StringComparison.Ordinal);
            var kind = name == "top-level statements" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
            AssertOneEach(await FindAsync(kind, Spread("using System; using System.Threading; using System.Threading.Tasks;\n" + code, name)));
        }
    }

    [Theory, MemberData(nameof(Projects))]
    public async Task A_project_has_one_warning_a_line(string folder)
    {
        var trees = FilesOf(folder).Select(file => Parse(File.ReadAllText(Repository.PathOf(file)), file));
        var found = await FindAsync(OutputKind.ConsoleApplication, [.. trees, Parse(Usings, "Usings.cs")]);
        AssertOneEach(found);
        Assert.True(found.Count > 0 || !folder.EndsWith("/Before", StringComparison.Ordinal), $"Nothing was found in {folder}: does it bind?");
    }

    [Theory, MemberData(nameof(TestFolders))]
    public async Task A_rule_s_own_tests_have_one_warning_a_line(string folder)
    {
        foreach (var snippet in SnippetsIn("tests/AsyncGuard.Analyzers.Tests/Rules/" + folder).Distinct())
        {
            AssertOneEach(await FindAsync(OutputKind.DynamicallyLinkedLibrary, Spread(Snippet.InClass(Unmarked(snippet)), folder)));
        }
    }

    [Theory]
    [InlineData("void M() { _ = Task.Run(async () => { while (true) { await SaveAsync(); } }); }", "ASG2001")]
    [InlineData("void M() { Task.Factory.StartNew(() => { while (true) { System.IO.File.Delete(\"x\"); } }); }", "ASG2001")]
    [InlineData("void M() { _ = Task.Run(async () => { try { while (true) { await SaveAsync(); } } catch (Exception e) { Console.WriteLine(e); throw; } }); }", "ASG2001")]
    [InlineData("void M() { var running = Task.Run(async () => { while (true) { await SaveAsync(); } }); }", "ASG2001")]
    [InlineData("void M() { new Thread(async () => { while (true) { await SaveAsync(); } }).Start(); }", "ASG2001")]
    [InlineData("void M() { PollAsync(); } \n async void PollAsync() { while (true) { await SaveAsync(); } }", "ASG2001")]
    [InlineData("void M() { _ = Task.Run(async () => { await SaveAsync(); }); }", "ASG1001")]
    public async Task A_line_with_a_dying_loop_tells_of_the_loop(string members, string id)
    {
        var found = await FindAsync(OutputKind.DynamicallyLinkedLibrary, Parse(Snippet.InClass(members + "\nTask SaveAsync() => System.IO.File.WriteAllTextAsync(\"x\", \"y\");"), "Loop.cs"));
        AssertOneEach(found);
        Assert.Contains(found, each => each.Id == id);
    }

    private static IEnumerable<string> ProjectFolders => SourceFiles.EndingIn(".csproj").Select(file => Path.GetDirectoryName(file)!.Replace('\\', '/')).Distinct(); // a project file stands in a folder

    private static IEnumerable<string> FilesOf(string folder) => SourceFiles.EndingIn(".cs").Where(file =>
        file.StartsWith(folder + "/", StringComparison.Ordinal)
        && !ProjectFolders.Any(inner => inner.Length > folder.Length && file.StartsWith(inner + "/", StringComparison.Ordinal)));

    // Every text that a test hands to the vocabulary as it stands; texts put together at run time are not to be had here.
    private static IEnumerable<string> SnippetsIn(string folder) =>
        from file in SourceFiles.EndingIn(".cs")
        where file.StartsWith(folder + "/", StringComparison.Ordinal)
        from call in CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(file))).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is IdentifierNameSyntax { Identifier.ValueText: var name } && Vocabulary.Contains(name)
        from argument in call.ArgumentList.Arguments
        where argument.Expression.IsKind(SyntaxKind.StringLiteralExpression)
        let text = ((LiteralExpressionSyntax)argument.Expression).Token.ValueText
        where text.Contains('(', StringComparison.Ordinal)
        select text;

    private static string Unmarked(string snippet) =>
        System.Text.RegularExpressions.Regex.Replace(snippet, @"\{\|[^:|]+:|\[\||\|\]|\|\}", "");

    private static SyntaxTree Spread(string code, string path) =>
        Parse(Parse(code, path).GetRoot(TestContext.Current.CancellationToken).NormalizeWhitespace().ToFullString(), path);

    private static SyntaxTree Parse(string code, string path) =>
        CSharpSyntaxTree.ParseText(code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview), path, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<Diagnostic>> FindAsync(OutputKind kind, params SyntaxTree[] trees)
    {
        var compilation = CSharpCompilation.Create("All", trees, Workbench.Everything, new(kind));
        var found = await compilation.WithAnalyzers([.. AllRules]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, each => each.Id == "AD0001");
        return found;
    }

    private static void AssertOneEach(IEnumerable<Diagnostic> found)
    {
        var lines = from each in found
                    where each.Severity is DiagnosticSeverity.Warning
                    let span = each.Location.GetLineSpan()
                    group each.Id by (span.Path, span.StartLinePosition.Line, Text: each.Location.SourceTree?.GetText().Lines[span.StartLinePosition.Line].ToString().Trim());
        Assert.Empty(lines.Where(line => line.Distinct().Count() > 1).Select(line => $"{line.Key.Path}:{line.Key.Line + 1}: {string.Join(", ", line)}: {line.Key.Text}"));
    }
}
