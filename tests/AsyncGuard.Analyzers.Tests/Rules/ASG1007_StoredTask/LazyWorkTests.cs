using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What begins only when somebody awaits it has nothing to lose until then.</summary>
public sealed class LazyWorkTests : RuleTests<StoredTaskAnalyzer>
{
    [Theory]
    [InlineData("AsyncLazy", "var loading")]
    [InlineData("Late", "var [|loading|]")]
    public Task Is_not_reported(string type, string local) => ReportsAsync($$"""
        class AsyncLazy { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.Run(() => { }).GetAwaiter(); }
        class Late { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.Run(() => { }).GetAwaiter(); }
        interface ILoader { {{type}} Load(); }
        class Page(ILoader loader) { void Show() { {{local}} = loader.Load(); } }
        """);
}
