using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class ReadinessTests : SupervisedTests
{
    private static readonly SupervisionOptions TenSeconds = new() { ReadyTimeout = TimeSpan.FromSeconds(10), Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(60), 2) };

    [Fact]
    public async Task Is_reached_when_the_body_says_so()
    {
        var task = Tasks.Loop("queue", Script.Waits, TenSeconds);
        await task.WhenAsync(TaskState.Starting, TestContext.Current.CancellationToken);
        await Clock.ArmedAsync(2);
        Assert.False(task.Ready.IsCompleted);

        task.MarkReady();
        await task.Ready;
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((TaskState.Running, 0L), (task.State, task.Stats.Failures));
    }

    [Fact]
    public async Task Is_missed_after_exactly_its_timeout_with_a_loud_exception()
    {
        var task = Tasks.Loop("queue", Script.Waits, TenSeconds);
        await Clock.ArmedAsync(2);

        Clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(task.Ready.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(0.001));

        var error = await Assert.ThrowsAsync<StartupTimeoutException>(() => task.Ready);
        Assert.Equal(("queue", TimeSpan.FromSeconds(10)), (error.Name, error.Timeout));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Assert.IsType<StartupTimeoutException>(task.Stats.LastError);
        Assert.Equal(["not-ready"], await ReasonsOfAlertsAsync());
    }

    [Fact]
    public async Task Is_missed_in_time_by_a_body_that_crashes_again_and_again()
    {
        var task = Tasks.Loop("queue", new Script(Script.Throws()).RunAsync, TenSeconds);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Clock.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<StartupTimeoutException>(() => task.Ready);
    }

    [Fact]
    public async Task Faults_with_the_last_failure_when_the_task_gives_up_first()
    {
        var task = Tasks.Loop("queue", new Script(Script.Throws("no database")).RunAsync, new() { ReadyTimeout = TimeSpan.FromSeconds(10), Restart = RestartPolicy.Never });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => task.Ready);

        Assert.Equal("no database", error.Message);
    }
}
