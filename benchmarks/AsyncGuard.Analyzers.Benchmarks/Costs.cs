using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks;

/// <summary>Which rule takes the time, by Roslyn's own telemetry: it charges the binding of a body to whoever asks first, so it only says where to look.</summary>
internal static class Costs
{
    public static async Task ShowAsync(Code code, AnalyzerSet set)
    {
        var took = new Dictionary<string, TimeSpan>();
        foreach (var compilation in code.Fresh())
        {
            var options = new CompilationWithAnalyzersOptions(new([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
            var result = await set.SwitchOn(compilation).WithAnalyzers(set.Analyzers, options).GetAnalysisResultAsync(CancellationToken.None).ConfigureAwait(false);
            foreach (var (analyzer, telemetry) in result.AnalyzerTelemetryInfo)
            {
                took[analyzer.GetType().Name] = took.GetValueOrDefault(analyzer.GetType().Name) + telemetry.ExecutionTime;
            }
        }

        Console.WriteLine("\n| analyzer | ms per 1000 lines |\n|---|---:|");
        foreach (var (name, time) in took.OrderByDescending(each => each.Value))
        {
            Console.WriteLine(FormattableString.Invariant($"| {name} | {time.TotalMilliseconds * 1000 / code.Lines:0.00} |"));
        }
    }
}
