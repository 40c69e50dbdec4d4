using AsyncGuard.Rules;

namespace AsyncGuard.Fixing;

/// <summary>How often does work go on that is to be repeated, and which of its errors are a stop?</summary>
internal static class RepeatedWork
{
    /// <summary>The interval that the type owns; else a minute, for its author to see and change.</summary>
    public static string PeriodOf(FixSite site, MethodDeclarationSyntax method, Written code)
    {
        if (site.Model.GetDeclaredSymbol(method)?.ContainingType is { } type && RunOnceServiceAnalyzer.IntervalOf(type) is { } interval)
        {
            var isTimeSpan = (interval as IFieldSymbol)?.Type.Name == "TimeSpan" || (interval as IPropertySymbol)?.Type.Name == "TimeSpan";
            return isTimeSpan ? interval.Name : $"{code.TimeSpan}.{UnitOf(interval.Name)}({interval.Name})";
        }

        return code.TimeSpan + ".FromMinutes(1)";
    }

    /// <summary>A cancellation is a stop only if the token says so.</summary>
    public static string Filter(FixSite site, string error, string token, Written code)
    {
        var isOther = site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 }
            ? $"{error} is not {code.Canceled}"
            : $"!({error} is {code.Canceled})";
        return $"when ({isOther} || !{token}.IsCancellationRequested)";
    }

    private static string UnitOf(string name) =>
        name.EndsWith("Minutes", StringComparison.OrdinalIgnoreCase) ? "FromMinutes"
        : name.EndsWith("Ms", StringComparison.Ordinal) || name.EndsWith("Milliseconds", StringComparison.OrdinalIgnoreCase) ? "FromMilliseconds"
        : "FromSeconds";
}
