using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The number that <c>Task.WaitAny</c> gives back says which task is complete.</summary>
public sealed class WinningIndexTests : RuleTests<BlockingInAsyncAnalyzer>
{
    private const string Race = "async Task<int> M(Task<int> a, Task<int> b, CancellationToken stop) { await Task.Yield(); var won = Task.{|ASG4001:WaitAny|}(a, b); ";

    [Theory]
    [InlineData("if (won == 1) { return b.Result; } return 0; }")]
    [InlineData("if (0 == won) { return a.Result; } return 0; }")]
    [InlineData("if (won != 0) { return 0; } return a.Result; }")]
    [InlineData("return won == 0 ? a.Result : 0; }")]
    public Task Is_silent_for_the_task_of_that_number(string rest) => ReportsAsync(Race + rest);

    [Theory]
    [InlineData("if (won == 1) { return a.[|Result|]; } return 0; }")]
    [InlineData("if (won == 0) { return b.[|Result|]; } return 0; }")]
    [InlineData("if (won == 2) { return b.[|Result|]; } return 0; }")]
    [InlineData("if (won == -1) { return b.[|Result|]; } return 0; }")]
    [InlineData("won = 1; if (won == 1) { return b.[|Result|]; } return 0; }")]
    public Task Reports_any_other(string rest) => ReportsAsync(Race + rest);
}
