using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does a benchmark only clean up with this call? What it has measured is known by then, and nothing else needs the work.</summary>
internal static class Benchmarks
{
    public static bool CleanUpBy(ISymbol member, CompilationFacts facts) =>
        facts.Types["BenchmarkDotNet.Attributes.GlobalCleanupAttribute"] is { } once && facts.Types["BenchmarkDotNet.Attributes.IterationCleanupAttribute"] is { } eachTime
        && (IsMarked(member, once) || IsMarked(member, eachTime));

    private static bool IsMarked(ISymbol member, INamedTypeSymbol mark)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark))
            {
                return true;
            }
        }

        return false;
    }
}
