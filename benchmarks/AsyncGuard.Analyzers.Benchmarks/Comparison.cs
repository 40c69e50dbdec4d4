using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks;

/// <summary>The sets side by side, in turn, over the same code; the first round only warms up.</summary>
internal sealed class Comparison(Code code, IReadOnlyList<AnalyzerSet> sets)
{
    private readonly Dictionary<string, List<double>> _took = sets.ToDictionary(each => each.Name, _ => new List<double>());
    private readonly Dictionary<string, int> _found = [];

    public async Task RunAsync(int rounds)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var set in sets)
            {
                var took = await MeasureAsync(set).ConfigureAwait(false);
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"round {round}: {set.Name} {took.TotalSeconds:0.00} s")).ConfigureAwait(false);
                if (round > 0)
                {
                    _took[set.Name].Add(took.TotalMilliseconds * 1000 / code.Lines);
                }
            }
        }

        Show();
    }

    private async Task<TimeSpan> MeasureAsync(AnalyzerSet set)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Environment.CpuUsage.TotalTime;
        var found = 0;
        foreach (var compilation in code.Fresh())
        {
            var options = new CompilationWithAnalyzersOptions(new([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            found += (await set.SwitchOn(compilation).WithAnalyzers(set.Analyzers, options).GetAnalyzerDiagnosticsAsync().ConfigureAwait(false)).Length;
        }

        _found[set.Name] = found;
        return Environment.CpuUsage.TotalTime - before;
    }

    private void Show()
    {
        var empty = Median(_took[sets[0].Name]);
        Console.WriteLine(FormattableString.Invariant($"{code.Lines:#,0} lines; CPU time in ms per 1000 lines, median of {_took[sets[0].Name].Count}"));
        Console.WriteLine("\n| analyzers | count | lowest | median | highest | over empty | findings |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (var set in sets)
        {
            var took = _took[set.Name];
            Console.WriteLine(FormattableString.Invariant($"| {set.Name} | {set.Analyzers.Length} | {took.Min():0.0} | {Median(took):0.0} | {took.Max():0.0} | {Median(took) - empty:0.0} | {_found[set.Name]:#,0} |"));
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
