using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>Runs every rule over every project of each repository and says what it found, and how much of the code it could understand.</summary>
internal sealed class Survey(Arguments arguments, JudgedFindings? judged)
{
    // What the compiler's platform reports where a rule has thrown.
    private const string Failure = "AD0001";

    // A file that two projects compile is one place.
    private readonly Dictionary<(Finding Finding, int Column), DiagnosticSeverity> _found = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Comparison _comparison = new();
    private readonly FixTrial _trial = new();
    private readonly TextWriter _listing = arguments.UnjudgedOnly ? TextWriter.Null : Console.Out;
    private int _lines;
    private int _unbound;
    private int _wrong;

    public async Task RunAsync(Checkout checkout)
    {
        _found.Clear();
        var clock = Stopwatch.StartNew();
        _listing.WriteLine($"== {checkout.Name} at {checkout.Commit}");
        using (var source = new SourceFolder(checkout.Root))
        {
            foreach (var project in source.Projects())
            {
                await SurveyAsync(project, checkout);
            }
        }

        var warnings = _found.Where(each => each.Value == DiagnosticSeverity.Warning).Select(each => each.Key.Finding);
        foreach (var line in warnings.GroupBy(each => (each.File, each.Line)).Where(line => line.Count() > 1))
        {
            _wrong++;
            _listing.WriteLine($"TWO WARNINGS on {line.Key.File}:{line.Key.Line}: {string.Join(", ", line.Select(each => each.Rule))}");
        }

        _listing.WriteLine($"-- {checkout.Name}: {_found.Count} findings, {clock.Elapsed.TotalSeconds:0} s, {Environment.WorkingSet >> 20} MB\n");
        Compare(checkout);
    }

    /// <summary>Says what was found in all, and whether nothing is wrong with it that shows without reading.</summary>
    public bool Conclude()
    {
        _listing.WriteLine($"{_lines} lines, {_unbound} compile errors for want of libraries and generated code (broken code is silent)");
        foreach (var (id, count) in _counts)
        {
            _listing.WriteLine($"{id}: {count}");
        }

        if (judged is not null && !arguments.UnjudgedOnly)
        {
            _comparison.Report();
        }

        return _trial.Report(_listing) && _wrong == 0 && (judged is null || _comparison.TrueWarnings >= 95);
    }

    private async Task SurveyAsync(Project project, Checkout checkout)
    {
        if (await project.GetCompilationAsync() is not { } compilation)
        {
            return;
        }

        // Both in one go, or every function would be bound twice.
        var diagnostics = await compilation.WithAnalyzers(Rules.All, project.AnalyzerOptions).GetAllDiagnosticsAsync();
        _lines += compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count);
        _unbound += diagnostics.Count(each => each.Severity == DiagnosticSeverity.Error && each.Id.StartsWith("CS", StringComparison.Ordinal));
        var findings = diagnostics.Where(each => each.Id == Failure || Rules.Has(each.Id)).ToList();
        var shown = from each in findings
                    where each.Id == Failure || arguments.Shows(each.Id)
                    orderby each.Id, each.Location.GetLineSpan().Path, each.Location.SourceSpan.Start
                    select each;
        foreach (var diagnostic in shown)
        {
            await ShowAsync(diagnostic, project, checkout, new(findings));
        }
    }

    private async Task ShowAsync(Diagnostic diagnostic, Project project, Checkout checkout, FindingCounts counts)
    {
        var finding = Finding.Of(diagnostic, checkout);
        if (diagnostic.Id == Failure)
        {
            _wrong++;
        }
        else if (!_found.TryAdd((finding, diagnostic.Location.GetLineSpan().StartLinePosition.Character), diagnostic.DefaultSeverity))
        {
            return;
        }

        _counts[finding.Rule] = _counts.GetValueOrDefault(finding.Rule) + 1;
        _listing.WriteLine($"{finding.Rule} {finding.File}:{finding.Line}: {Finding.SourceOf(diagnostic)}");
        foreach (var place in arguments.ShowsPaths ? diagnostic.AdditionalLocations : [])
        {
            var line = place.GetLineSpan().StartLinePosition.Line;
            _listing.WriteLine($"    {Path.GetRelativePath(checkout.Root, place.GetLineSpan().Path)}:{line + 1}: {place.SourceTree?.GetText().Lines[line].ToString().Trim()}");
        }

        if (arguments.TryFixes)
        {
            await _trial.TryAsync(project, diagnostic, counts, _listing);
        }
    }

    private void Compare(Checkout checkout)
    {
        if (judged is null)
        {
            return;
        }

        var findings = _found.Keys.Select(each => each.Finding).ToHashSet();
        if (!arguments.UnjudgedOnly)
        {
            _comparison.Add(checkout, findings, judged, arguments.Shows);
            return;
        }

        foreach (var each in findings.Where(each => judged.Of(each) is null))
        {
            Console.WriteLine($"{each.Repository}\t{checkout.Commit}\t{each.File}\t{each.Line}\t{each.Rule}\t?\t");
        }
    }
}
