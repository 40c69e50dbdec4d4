using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Which form is offered, beside those that only guard the code: not one that would do something else.</summary>
public sealed class AsyncVoidDelegateOffersTests : RuleTests<AsyncVoidDelegateAnalyzer, AsyncVoidDelegateFix>
{
    private const string Fails = "\nTask FailAsync(int n = 0, CancellationToken token = default) => System.IO.File.ReadAllTextAsync(\"x\", token);";

    [Theory]
    [InlineData("while (n > 0) { return; }")]
    [InlineData("do { return; } while (n > 0);")]
    [InlineData("for (; n > 0;) { return; }")]
    [InlineData("foreach (var m in all) { if (m == n) { return; } }")]
    public Task No_loop_where_a_return_stands_in_a_loop_of_its_own(string inner) =>
        NotOffered(AsyncVoidDelegateFix.Loop, $"async Task M(System.Collections.Generic.List<int> all) {{ all.ForEach([|async|] n => {{ {inner} await FailAsync(n); }}); await Task.Yield(); }}");

    [Fact]
    public Task A_loop_within_a_loop() => FixesAsync(
        AsyncVoidDelegateFix.Loop,
        "async Task M(System.Collections.Generic.List<int> all)\n{\n    while (all.Count > 0)\n    {\n        all.ForEach([|async|] n =>\n        {\n            if (n == 0)\n            {\n                return;\n            }\n\n            await FailAsync(n);\n        });\n    }\n}" + Fails,
        "async Task M(System.Collections.Generic.List<int> all)\n{\n    while (all.Count > 0)\n    {\n        foreach (var n in all)\n        {\n            if (n == 0)\n            {\n                continue;\n            }\n\n            await FailAsync(n);\n        }\n    }\n}" + Fails);

    [Theory]
    [InlineData("null, 100, Timeout.Infinite")]
    [InlineData("null, 100, -1L")]
    [InlineData("null, 100, 0")]
    [InlineData("null, TimeSpan.Zero, Timeout.InfiniteTimeSpan")]
    [InlineData("null, TimeSpan.Zero, TimeSpan.Zero")]
    public Task No_period_for_one_shot(string rest) => NotOffered(AsyncVoidDelegateFix.Every, $"void M() {{ _ = new Timer([|async|] _ => await FailAsync(1), {rest}); }}");

    [Theory]
    [InlineData(AsyncVoidDelegateFix.Every, "void M() { _ = new Timer([|async|] state => await FailAsync((int)state), 1, 0, 100); }")]
    [InlineData(AsyncVoidDelegateFix.Await, "async Task M() { ThreadPool.QueueUserWorkItem([|async|] state => await FailAsync((int)state), 1); await Task.Yield(); }")]
    [InlineData(AsyncVoidDelegateFix.Run, "void M() { new Thread([|async|] state => await FailAsync((int)state)).Start(1); }")]
    [InlineData(AsyncVoidDelegateFix.Run, "void M() { ThreadPool.QueueUserWorkItem([|async|] state => await FailAsync((int)state), 1); }")]
    public Task No_work_of_its_own_for_what_reads_a_state_though_there_is_another_of_that_name(string offer, string members) => NotOffered(offer, "object state = 2;\n" + members);

    [Theory]
    [InlineData("_timer.Change(5, 5);")]
    [InlineData("_timer?.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    public Task No_period_for_a_timer_that_others_set_anew(string use) =>
        NotOffered(AsyncVoidDelegateFix.Every, $"Timer _timer;\nvoid M() {{ _timer = new Timer([|async|] _ => await FailAsync(1), null, 0, 1000); {use} }}");

    [Theory]
    [InlineData("_timer.GetHashCode();", "_timer.GetHashCode();")]
    [InlineData("_timer?.ToString();", "_timer?.ToString();")]
    [InlineData("_timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero);", "_ = _timer.StopAsync();")]
    [InlineData("_timer.Change(-1, 0);", "_ = _timer.StopAsync();")]
    [InlineData("_timer?.Dispose();", "_ = _timer?.StopAsync();")]
    public Task What_stops_the_timer_stops_the_work_and_nothing_else(string use, string repaired) => FixesAsync(
        AsyncVoidDelegateFix.Every,
        $"using AsyncGuard;\nTimer _timer;\nvoid M() {{ _timer = new Timer([|async|] _ => await FailAsync(1), null, 0, 1000); {use} }}" + Fails,
        $"using AsyncGuard;\nSupervisedTask _timer;\nvoid M() {{ _timer = Supervisor.Default.Every(\"M\", TimeSpan.FromMilliseconds(1000), async ct => await FailAsync(1, ct)); {repaired} }}" + Fails,
        Has.Runtime);

    // The fix under this name leaves all as it is: there is none.
    private static Task NotOffered(string offer, string members) => FixesAsync(offer, "using AsyncGuard;\n" + members + Fails, "using AsyncGuard;\n" + members + Fails, Has.Runtime);
}
