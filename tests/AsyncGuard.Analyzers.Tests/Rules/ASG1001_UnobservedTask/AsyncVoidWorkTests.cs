using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The error of an async void function never reaches the task that started it: it ends the process, and ASG1004 says so.</summary>
public sealed class AsyncVoidWorkTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string Work = "\nasync void Work() => await System.IO.File.ReadAllTextAsync(\"x\");\nasync Task WorkAsync() => await System.IO.File.ReadAllTextAsync(\"x\");";

    [Theory]
    [InlineData("void M() => Task.Run(new Action(Work));")]
    [InlineData("void M() => _ = Task.Factory.StartNew(Work);")]
    [InlineData("void M() => _ = Task.Run(new Action(async () => await WorkAsync()));")]
    public Task Is_silent_on_a_start_of_one(string member) => SilentAsync(member + Work);

    [Fact]
    public Task Reports_a_start_of_one_that_returns_a_task() => ReportsAsync("void M() => _ = [|Task.Run|](WorkAsync);" + Work);
}
