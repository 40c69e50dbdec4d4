using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>How many findings each file of a project has of each rule.</summary>
internal sealed class FindingCounts(IEnumerable<Diagnostic> findings)
{
    private readonly Dictionary<(string File, string Rule), int> _counts = findings.CountBy(each => (each.Location.GetLineSpan().Path, each.Id)).ToDictionary();

    public IEnumerable<string> Rules => _counts.Keys.Select(each => each.Rule).Distinct();

    public int Of(string file, string rule) => _counts.GetValueOrDefault((file, rule));

    /// <summary>Of a document alone, by every rule.</summary>
    public static async Task<FindingCounts> InAsync(Document document)
    {
        var model = await document.GetSemanticModelAsync() ?? throw new InvalidOperationException("C# has semantic models.");
        var run = model.Compilation.WithAnalyzers(RealCode.Rules.All, document.Project.AnalyzerOptions);
        var tree = await run.GetAnalyzerSyntaxDiagnosticsAsync(model.SyntaxTree, default);
        return new(tree.AddRange(await run.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, default)));
    }

    /// <summary>Of a file that is no code, by the rule that reads such files.</summary>
    public static async Task<FindingCounts> InAsync(TextDocument settings, string rule)
    {
        var compilation = await settings.Project.GetCompilationAsync() ?? throw new InvalidOperationException("C# has compilations.");
        ImmutableArray<DiagnosticAnalyzer> rules = [.. RealCode.Rules.All.Where(each => each.SupportedDiagnostics.Any(one => one.Id == rule))];
        var found = await compilation.WithAnalyzers(rules, settings.Project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        return new(found.Where(each => each.Location.GetLineSpan().Path == settings.FilePath));
    }
}
