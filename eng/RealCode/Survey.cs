using System.Collections.Immutable;
using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>Runs every rule over every project and says what it found, and how much of the code it could understand.</summary>
internal sealed class Survey(SourceFolder source, string[]? only, bool tryFixes)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(ThreadSleepInAsyncAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public, null, null, null)!), // a class is never null
    ];

    private readonly SortedDictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly FixTrial _trial = new();
    private int _lines;
    private int _unbound;

    public async Task<int> RunAsync()
    {
        foreach (var project in source.Solution.Projects)
        {
            await SurveyAsync(project).ConfigureAwait(false);
        }

        Console.WriteLine($"\n{_lines} lines, {_unbound} compile errors for want of libraries (broken code is silent)");
        foreach (var (id, count) in _found)
        {
            Console.WriteLine($"{id}: {count}");
        }

        _trial.Report();
        return _found.ContainsKey("AD0001") ? 1 : 0;
    }

    private async Task SurveyAsync(Project project)
    {
        if (await project.GetCompilationAsync().ConfigureAwait(false) is not { } compilation)
        {
            return;
        }

        _lines += compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count);
        _unbound += compilation.GetDiagnostics().Count(each => each.Severity == DiagnosticSeverity.Error);
        var options = new AnalyzerOptions([.. project.AdditionalDocuments.Select(each => new SettingsFile(each))]);
        var findings = await compilation.WithAnalyzers(Rules, options).GetAnalyzerDiagnosticsAsync().ConfigureAwait(false);
        foreach (var finding in findings.Where(IsWanted).OrderBy(each => each.Id, StringComparer.Ordinal).ThenBy(each => each.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(each => each.Location.SourceSpan.Start))
        {
            await ShowAsync(finding, project).ConfigureAwait(false);
        }
    }

    private bool IsWanted(Diagnostic finding) => only is null || finding.Id == "AD0001" || only.Contains(finding.Id);

    private async Task ShowAsync(Diagnostic finding, Project project)
    {
        _found[finding.Id] = _found.GetValueOrDefault(finding.Id) + 1;
        var span = finding.Location.GetLineSpan();
        var line = span.Path.Length == 0 ? finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture) : (await File.ReadAllLinesAsync(span.Path).ConfigureAwait(false)).ElementAtOrDefault(span.StartLinePosition.Line)?.Trim();
        Console.WriteLine($"{finding.Id} {Path.GetRelativePath(source.Root, span.Path.Length == 0 ? source.Root : span.Path)}:{span.StartLinePosition.Line + 1}: {line}");
        if (tryFixes && project.GetDocument(finding.Location.SourceTree) is { } document)
        {
            await _trial.TryAsync(document, finding).ConfigureAwait(false);
        }
    }

    private sealed class SettingsFile(TextDocument document) : AdditionalText
    {
        public override string Path => document.FilePath ?? document.Name;

        public override Microsoft.CodeAnalysis.Text.SourceText? GetText(CancellationToken cancellationToken = default) =>
            document.TryGetText(out var text) ? text : Microsoft.CodeAnalysis.Text.SourceText.From(File.ReadAllText(Path));
    }
}
