using System.Collections.Immutable;
using System.Globalization;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Robustness;

/// <summary>No rule and no fix throws or hangs, whatever becomes of the code that it is shown.</summary>
/// <remarks>
/// The suite plays the same rounds every time. By hand other and longer ones: <c>ASYNCGUARD_FUZZ_SEED</c> is the first seed, <c>ASYNCGUARD_FUZZ_ROUNDS</c> how
/// many follow, <c>ASYNCGUARD_FUZZ_SOURCES</c> a folder whose C# is mutated instead of this repository's.
/// </remarks>
[Collection(nameof(FuzzTests))]
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)] // the time that it takes is measured
public sealed class FuzzTests
{
    private const int FirstSeed = 1;
    private const int RoundsInTheSuite = 400;

    [Fact]
    public async Task Mutated_code_is_borne()
    {
        using var run = new FuzzRun(Sources(), Rules, Catalogue.Fixes);
        await run.TroubleAsync("class C { async void M() { await System.Threading.Tasks.Task.Delay(1); } }", place: 0); // loads and compiles all that the first round would wait for

        var first = Setting("ASYNCGUARD_FUZZ_SEED", FirstSeed);
        for (var seed = first; seed < first + Setting("ASYNCGUARD_FUZZ_ROUNDS", RoundsInTheSuite); seed++)
        {
            var trouble = await run.RoundAsync(seed);
            Assert.True(trouble is null, $"Replay with ASYNCGUARD_FUZZ_SEED={seed} ASYNCGUARD_FUZZ_ROUNDS=1: {trouble}");
        }

        TestContext.Current.SendDiagnosticMessage($"{run.Seen.Findings} findings were shown to fixes, which offered {run.Seen.Offers} changes.");
        Assert.True(run.Seen.Findings > 0, "Nothing was ever found, so no fix was tried.");
    }

    [Fact]
    public void A_seed_always_makes_the_same_code()
    {
        const string Code = "class C { void M(int n) { if (n > 1) { M(n - 1); } } }";
        Assert.Equal(Mutation.Of(Code, Code, new Random(7)), Mutation.Of(Code, Code, new Random(7)));
        Assert.True(Enumerable.Range(0, 50).Select(seed => Mutation.Of(Code, Code, new Random(seed))).Distinct().Count() > 40);
    }

    [Fact]
    public async Task A_rule_that_throws_is_noticed() => Assert.Contains("too long a name", await TroubleWithAsync([new ThrowingRule()], []), StringComparison.Ordinal);

    [Fact]
    public async Task A_fix_that_throws_is_noticed() => Assert.Contains("cannot be fixed", await TroubleWithAsync([new ReportingRule()], [new ThrowingFix()]), StringComparison.Ordinal);

    private static ImmutableArray<DiagnosticAnalyzer> Rules => [.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()];

    private static FuzzSources Sources() => Environment.GetEnvironmentVariable("ASYNCGUARD_FUZZ_SOURCES") is { Length: > 0 } folder ? FuzzSources.OfFolder(folder) : FuzzSources.OfRepository();

    private static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : usual;

    private static async Task<string> TroubleWithAsync(ImmutableArray<DiagnosticAnalyzer> rules, CodeFixProvider[] fixes)
    {
        using var run = new FuzzRun(FuzzSources.OfRepository(), rules, fixes);
        return await run.TroubleAsync("class C { }", place: 0) ?? "";
    }
}
