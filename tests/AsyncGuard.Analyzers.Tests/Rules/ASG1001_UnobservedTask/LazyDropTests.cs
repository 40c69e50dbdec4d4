using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class LazyDropTests : RuleTests<UnobservedTaskAnalyzer>
{
    [Theory]
    [InlineData("AsyncLazy", "loader.Load")]
    [InlineData("Late", "[|loader.Load|]")]
    public Task Is_silent_on_what_begins_only_when_somebody_awaits_it(string type, string call) => ReportsAsync($$"""
        class AsyncLazy { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.Run(() => { }).GetAwaiter(); }
        class Late { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.Run(() => { }).GetAwaiter(); }
        interface ILoader { {{type}} Load(); }
        class Page(ILoader loader) { void Show() { _ = {{call}}(); } }
        """);
}
