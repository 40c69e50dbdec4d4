using System.Collections.Immutable;
using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks;

/// <summary>Analyzers that are measured together.</summary>
internal sealed record AnalyzerSet(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)
{
    /// <summary>Every rule of ours.</summary>
    public static AnalyzerSet Own() => new("AsyncGuard", In(typeof(ThreadSleepInAsyncAnalyzer).Assembly));

    /// <summary>The analyzers of another package that report these ids.</summary>
    public static AnalyzerSet Loaded(string package, params string[] ids)
    {
        var folder = typeof(AnalyzerSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => string.Equals(each.Key, package, StringComparison.Ordinal)).Value!; // the project file writes one
        var files = Directory.GetFiles(folder, "*.dll").Where(each => !each.Contains("CodeFix", StringComparison.Ordinal));
        var analyzers = files.SelectMany(each => In(Assembly.LoadFrom(each))).Where(each => each.SupportedDiagnostics.Any(rule => ids.Contains(rule.Id, StringComparer.Ordinal))).ToImmutableArray();
        var missing = ids.Except(analyzers.SelectMany(each => each.SupportedDiagnostics).Select(rule => rule.Id)).ToList();
        return missing.Count == 0 ? new(package, analyzers) : throw new InvalidOperationException($"{package} has no {string.Join(", ", missing)}");
    }

    /// <summary>These and no others, all of their rules on.</summary>
    public Compilation SwitchOn(Compilation compilation) => compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
        compilation.Options.SpecificDiagnosticOptions.SetItems(Analyzers.SelectMany(each => each.SupportedDiagnostics).Select(rule => KeyValuePair.Create(rule.Id, ReportDiagnostic.Warn)))));

    private static ImmutableArray<DiagnosticAnalyzer> In(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           where !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true
           select (DiagnosticAnalyzer)Activator.CreateInstance(type)!, // a class is never null
    ];
}
