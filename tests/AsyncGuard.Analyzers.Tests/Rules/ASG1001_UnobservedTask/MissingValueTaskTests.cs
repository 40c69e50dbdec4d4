namespace AsyncGuard.Rules;

/// <summary>What a value task behind a question mark gives cannot be awaited as it is, and is dropped all the same.</summary>
public sealed class MissingValueTaskTests : Support.RuleTests<UnobservedTaskAnalyzer, UnobservedTaskFix>
{
    private const string Save = "\npublic async ValueTask SaveAsync() => await System.IO.File.WriteAllTextAsync(\"x\", \"y\");\npublic async ValueTask<int> CountAsync() => (await System.IO.File.ReadAllTextAsync(\"x\")).Length;\npublic async ValueTask SafeAsync() { try { await SaveAsync(); } catch (Exception) { Console.WriteLine(); } }\npublic Subject? Next;";

    [Theory]
    [InlineData("void M(Subject? s) => s?[|.SaveAsync|]();")]
    [InlineData("void M(Subject? s) => _ = s?.Next?[|.CountAsync|]();")]
    public Task Is_reported(string member) => ReportsAsync("#nullable enable\n" + member + Save);

    [Fact]
    public Task Is_silent_where_it_handles_its_errors() => SilentAsync("#nullable enable\nvoid M(Subject? s) { s?.SafeAsync(); _ = s?.Next?.SafeAsync(); }" + Save);

    [Theory]
    [InlineData("s?[|.SaveAsync|]();", "await (s?.SaveAsync() ?? default);")]
    [InlineData("_ = s?.Next?[|.CountAsync|]();", "await (s?.Next?.CountAsync() ?? default);")]
    public Task Is_awaited_where_it_is_there(string before, string after) => FixesAsync(
        "#nullable enable\nasync Task M(Subject? s) { await Task.Yield(); " + before + " }" + Save,
        "#nullable enable\nasync Task M(Subject? s) { await Task.Yield(); " + after + " }" + Save);
}
