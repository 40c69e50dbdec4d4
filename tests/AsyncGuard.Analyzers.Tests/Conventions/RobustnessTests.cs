using AsyncGuard.Support;
using AsyncGuard.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>No rule throws, whatever it is shown.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> Ids => Catalogue.Ids;

    private static IEnumerable<DiagnosticAnalyzer> AllRules => Catalogue.Rules.Select(each => each.Analyzer).Distinct();

    // A developer sees the rules while typing: most of the time the code stops somewhere in the middle.
    [Theory, MemberData(nameof(Ids))]
    public async Task Half_typed_code_is_borne(string id)
    {
        foreach (var code in Page.Read(id).Examples.Select(Snippet.InClass))
        {
            for (var end = 0; end < code.Length; end += 13)
            {
                await Example.OfCode(code[..end]).FindingsAsync(AllRules);
            }
        }
    }

    // Without the libraries it was written for, half of its names bind to nothing.
    [Fact]
    public async Task The_project_s_own_sources_are_borne_although_much_does_not_bind()
    {
        foreach (var file in SourceFiles.EndingIn(".cs"))
        {
            await Example.OfCode(await File.ReadAllTextAsync(Repository.PathOf(file), TestContext.Current.CancellationToken)).FindingsAsync(AllRules);
        }
    }

    [Theory]
    [InlineData("async Task F() => await F(); Task G() => G(); void H() { H(); _ = F(); _ = G(); }")]
    [InlineData("async Task F() { while (true) { await G(); } } async Task G() { try { await F(); } catch (Exception) { await G(); } }")]
    [InlineData("async Task F() { async Task L() { _ = L(); await F(); } await L(); _ = Task.Run(() => F()); }")]
    public async Task Functions_that_call_each_other_come_to_an_end(string members) => await Example.OfCode(Snippet.InClass(members)).FindingsAsync(AllRules);

    [Theory]
    [InlineData("namespace System.Threading.Tasks { class Task { public void Wait() { } public int Result => 1; } } class C { async void M() { new System.Threading.Tasks.Task().Wait(); } }")]
    [InlineData("var t = System.Threading.Tasks.Task.Delay(1); t.Wait(); await t; _ = t; System.Threading.Thread.Sleep(1);")]
    [InlineData("extension(string s) { } class C<T> where T : allows ref struct { public required T X { get; init => field = value; } }")]
    [InlineData("unsafe class C { delegate*<System.Threading.Tasks.Task> f; async System.Threading.Tasks.Task M() { _ = f(); dynamic d = 1; _ = d.RunAsync(); await d; } }")]
    public async Task Strange_code_is_borne(string code) => await Example.OfCode(code).FindingsAsync(AllRules);
}
