using AsyncGuard.Support;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Supervision;

/// <summary>The contract that ended an outage of silently dying background tasks: restart after 60 s, five failures in a row, a count that a success clears, an end that is shouted.</summary>
public sealed class SafeBackgroundTaskTests : SupervisedTests
{
    private static readonly SupervisionOptions Contract = new() { Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(60), 5) };

    [Fact]
    public async Task Safe_background_task_success_runs_its_body_and_counts_no_failure()
    {
        var body = new Script(Script.Succeeds, Script.Succeeds, Script.Waits);
        var task = Tasks.Loop("presale_checker", body.RunAsync, Contract);

        await Clock.ArmedAsync();
        Clock.Step();
        await Clock.ArmedAsync();
        Clock.Step();
        await body.BegunAsync(3);
        await task.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, body.Runs);
        Assert.Equal((0L, 0), (task.Stats.Failures, task.Stats.ConsecutiveFailures));
        Assert.Equal([1100, 1106], Log.All.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Safe_background_task_recovers_from_error_after_exactly_60_seconds()
    {
        var body = new Script(Script.Throws("connection timeout"), Script.Waits);
        var task = Tasks.Loop("presale_checker", body.RunAsync, Contract);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal((TaskState.BackingOff, 1), (task.State, body.Runs));
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await task.WhenAsync(TaskState.Running, TestContext.Current.CancellationToken);

        Assert.Equal(2, task.Stats.Runs);
        Assert.Equal(1, task.Stats.Restarts);
        var failure = Assert.Single(Log.Of(1101));
        Assert.Contains("presale_checker failed (1 in a row): InvalidOperationException: connection timeout; next start in 00:01:00", failure.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(failure.Error);
    }

    [Fact]
    public async Task Safe_background_task_stops_after_max_failures_and_says_so_critically()
    {
        var body = new Script(Script.Throws());
        var task = Tasks.Loop("auctions_checker", body.RunAsync, Contract);

        for (var failure = 1; failure <= 4; failure++)
        {
            await FailAsync(task, body, failure);
            Clock.Advance(TimeSpan.FromSeconds(59.9));
            Assert.Equal((failure, TaskState.BackingOff), (body.Runs, task.State));
            Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        Assert.Equal(5, body.Runs);
        Assert.Equal(LogLevel.Critical, Assert.Single(Log.Of(1103)).Level);
        Assert.Equal(4, Log.Of(1101).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => task.Completion);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((5, TaskState.Failed), (body.Runs, task.State));
    }

    [Fact]
    public async Task Safe_background_task_resets_failure_counter_after_a_success()
    {
        Func<CancellationToken, Task>[] fourFailures = [.. Enumerable.Repeat(Script.Throws(), 4)];
        var body = new Script([.. fourFailures, Script.Succeeds, .. fourFailures, Script.Waits]);
        var task = Tasks.Loop("presale_checker", body.RunAsync, Contract);

        for (var failure = 1; failure <= 4; failure++)
        {
            await FailAsync(task, body, failure);
            Clock.Step();
        }

        await Log.WhenAsync(1102);
        await Clock.ArmedAsync();
        Clock.Step();   // the millisecond of rest after the good run
        for (var failure = 6; failure <= 9; failure++)
        {
            await FailAsync(task, body, failure);
            Clock.Step();
        }

        await body.BegunAsync(10);

        Assert.Equal(8, task.Stats.Failures);
        Assert.Empty(Log.Of(1103));
        Assert.Contains("recovered after 4 failures", Assert.Single(Log.Of(1102)).Message, StringComparison.Ordinal);
    }

    private static async Task FailAsync(SupervisedTask task, Script body, int run)
    {
        await body.BegunAsync(run);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
    }
}
