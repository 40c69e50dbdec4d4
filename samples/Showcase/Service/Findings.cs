using System.Globalization;
using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Showcase.Service;

/// <summary>What the analyzers say about a project.</summary>
internal static class Findings
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(ThreadSleepInAsyncAnalyzer).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The warnings, ordered by file and line.</summary>
    /// <exception cref="InvalidOperationException">The project does not compile.</exception>
    public static async Task<ImmutableArray<Diagnostic>> InAsync(Project project, CancellationToken cancel)
    {
        var compilation = await project.GetCompilationAsync(cancel) ?? throw new InvalidOperationException("The project has no compilation.");
        var said = compilation.GetDiagnostics(cancel);
        if (said.FirstOrDefault(each => each.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException("The service does not compile: " + error.ToString());
        }

        var judged = await compilation.WithAnalyzers(Rules, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(cancel);
        return
        [
            .. judged.Concat(said)
                .Where(each => each.Severity >= DiagnosticSeverity.Warning && !each.IsSuppressed)
                .OrderBy(PathOf, StringComparer.Ordinal)
                .ThenBy(each => each.Location.GetLineSpan().StartLinePosition),
        ];
    }

    public static string PathOf(Diagnostic finding) => finding.Location.GetLineSpan().Path;

    /// <summary>File, line and id, as in "Wallet.cs:25 ASG4004".</summary>
    public static string Place(Diagnostic finding)
    {
        var at = finding.Location.GetLineSpan();
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(at.Path)}:{at.StartLinePosition.Line + 1} {finding.Id}");
    }
}
