using System.Collections.Immutable;
using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>Every rule and every fix there is.</summary>
internal static class Rules
{
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } = [.. Of<DiagnosticAnalyzer>(typeof(ThreadSleepInAsyncAnalyzer))];

    private static ImmutableArray<CodeFixProvider> Fixes { get; } = [.. Of<CodeFixProvider>(typeof(ThreadSleepInAsyncFix))];

    /// <summary>The fixes that an editor would ask about a finding in code, or in a file that is no code.</summary>
    public static IEnumerable<CodeFixProvider> FixesOf(string id, bool isCode) =>
        from fix in Fixes
        where fix.FixableDiagnosticIds.Contains(id)
        let kinds = fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()?.DocumentKinds ?? []
        where kinds.Contains(isCode ? nameof(TextDocumentKind.Document) : nameof(TextDocumentKind.AdditionalDocument))
        select fix;

    private static readonly Dictionary<string, DiagnosticSeverity> Severities =
        All.SelectMany(each => each.SupportedDiagnostics).DistinctBy(rule => rule.Id).ToDictionary(rule => rule.Id, rule => rule.DefaultSeverity);

    public static bool Has(string id) => Severities.ContainsKey(id);

    public static bool IsWarning(string id) => Severities.GetValueOrDefault(id) == DiagnosticSeverity.Warning;

    private static IEnumerable<T> Of<T>(Type neighbour) =>
        from type in neighbour.Assembly.GetTypes()
        where !type.IsAbstract && type.IsSubclassOf(typeof(T))
        orderby type.Name
        select (T)Activator.CreateInstance(type)!; // a class is never null
}
