using System.Globalization;
using AsyncGuard.Benchmarks;

// What does it cost to analyse a folder of real sources? CPU time of the process for each set of analyzers, each alone, in fresh compilations.
var rounds = 3;
if (args is not [var folder, .. var rest] || !Directory.Exists(folder) || (rest.Length > 0 && (rest is not ["--rounds", var count] || !int.TryParse(count, CultureInfo.InvariantCulture, out rounds) || rounds < 1)))
{
    await Console.Error.WriteLineAsync("usage: AsyncGuard.Analyzers.Benchmarks <folder of sources> [--rounds 3]").ConfigureAwait(false);
    return 2;
}

var code = await Code.OfAsync(Path.GetFullPath(folder)).ConfigureAwait(false);
var ours = AnalyzerSet.Own();
AnalyzerSet[] sets =
[
    new("empty", [new EmptyAnalyzer(RegisteredKinds.Of(ours.Analyzers, code.Fresh()))]),
    ours,
    AnalyzerSet.Loaded("AsyncFixer", "AsyncFixer01", "AsyncFixer02", "AsyncFixer03", "AsyncFixer04", "AsyncFixer05", "AsyncFixer06"),
    AnalyzerSet.Loaded("Meziantou.Analyzer", "MA0022", "MA0032", "MA0040", "MA0042", "MA0045", "MA0100", "MA0134", "MA0147", "MA0155"),
    AnalyzerSet.Loaded("Microsoft.VisualStudio.Threading.Analyzers", "VSTHRD002", "VSTHRD003", "VSTHRD100", "VSTHRD101", "VSTHRD102", "VSTHRD103", "VSTHRD105", "VSTHRD107", "VSTHRD110", "VSTHRD113", "VSTHRD114"),
];

await new Comparison(code, sets).RunAsync(rounds).ConfigureAwait(false);
await Costs.ShowAsync(code, ours).ConfigureAwait(false);
return 0;
