using System.Xml.Linq;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>The compiler-side assemblies obey the rules they bring. A build cannot say so, since they are not there before they are built.</summary>
public sealed class OwnCodeTests
{
    private static readonly string[] ImplicitUsings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] Projects =
        ["eng/Analyzer.props", "src/AsyncGuard.Analyzers/AsyncGuard.Analyzers.csproj", "src/AsyncGuard.CodeFixes/AsyncGuard.CodeFixes.csproj"];

    [Fact]
    public async Task No_rule_reports_anything_in_the_rules_and_their_fixes()
    {
        var cancel = TestContext.Current.CancellationToken;
        var compilation = Compile("src/AsyncGuard.Analyzers/", "src/AsyncGuard.CodeFixes/");
        var known = compilation.GetTypeByMetadataName(typeof(Toolbox.RuleAnalyzer).FullName!)?.BaseType; // the sources bind, or nothing would be found in them
        Assert.True(known is { Name: "DiagnosticAnalyzer" } and not IErrorTypeSymbol);

        var run = compilation.WithAnalyzers([.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()]);
        Assert.Empty(await run.GetAnalyzerDiagnosticsAsync(cancel));
    }

    private static CSharpCompilation Compile(params string[] folders)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var sources = SourceFiles.EndingIn(".cs").Where(file => folders.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(file)), options, file));
        var usings = CSharpSyntaxTree.ParseText(string.Concat(ImplicitUsings.Concat(Usings()).Distinct().Select(name => $"global using {name};\n")), options);
        var roslyn = Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileName(path).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("System.Composition", StringComparison.Ordinal));

        return CSharpCompilation.Create(
            "Own", sources.Append(usings), [.. Workbench.Net10, .. roslyn.Select(path => MetadataReference.CreateFromFile(path))], new(OutputKind.DynamicallyLinkedLibrary));
    }

    private static IEnumerable<string> Usings() =>
        from file in Projects
        from item in XDocument.Load(Repository.PathOf(file)).Descendants("Using")
        let name = (string?)item.Attribute("Include")
        where name is not null && item.Attribute("Static") is null
        select name;
}
