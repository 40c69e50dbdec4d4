using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class GiveUpTests : SupervisedTests
{
    private static readonly RestartPolicy EverySecond = RestartPolicy.Constant(TimeSpan.FromSeconds(1), 3);

    [Fact]
    public async Task Keeps_trying_by_default_and_says_once_that_it_is_exhausted()
    {
        var isDown = true;
        var body = new Script(cancellationToken => isDown ? throw new InvalidOperationException() : Task.Delay(Timeout.Infinite, cancellationToken));
        var task = Tasks.Loop("feed", body.RunAsync, new() { Restart = EverySecond with { WhenExhausted = GiveUp.KeepTrying } });

        for (var failure = 1; failure <= 3_000; failure++)
        {
            await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
            isDown = failure < 3_000;
            Clock.Step();
            await body.BegunAsync(failure + 1);
        }

        Assert.True(task.Stats.IsExhausted);
        Clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Single(Log.Of(1103));
        Assert.Contains("recovered after 3000 failures", Assert.Single(Log.Of(1102)).Message, StringComparison.Ordinal);
        Assert.Equal((false, 0), (task.Stats.IsExhausted, task.Stats.ConsecutiveFailures));
        Assert.Equal(["exhausted", "recovered"], await ReasonsOfAlertsAsync());
    }

    [Fact]
    public async Task Writes_a_stack_trace_for_the_first_second_fourth_eighth_failure_only()
    {
        var body = new Script(Script.Throws());
        var task = Tasks.Loop("feed", body.RunAsync, new() { Restart = EverySecond with { WhenExhausted = GiveUp.KeepTrying } });

        for (var failure = 1; failure <= 9; failure++)
        {
            await body.BegunAsync(failure);
            await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
            Clock.Step();
        }

        Assert.Equal([true, true, false, true, false, false, false, true, false], Log.Of(1101).Take(9).Select(entry => entry.Error is not null));
    }

    [Fact]
    public async Task Gives_up_at_once_on_a_failure_that_is_fatal()
    {
        var task = Tasks.Loop("feed", new Script(Script.Throws("wrong password")).RunAsync, new() { Restart = EverySecond with { IsFatal = _ => true } });

        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        Assert.Equal(1, task.Stats.Runs);
        Assert.Equal("wrong password", Assert.Single(Log.Of(1103)).Error?.Message);
    }

    [Fact]
    public async Task Survives_a_question_for_fatality_that_throws()
    {
        var task = Tasks.Loop("feed", new Script(Script.Throws()).RunAsync, new() { Restart = EverySecond with { IsFatal = _ => throw new FormatException() } });

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal([typeof(InvalidOperationException), typeof(FormatException)], Assert.IsType<AggregateException>(task.Stats.LastError).InnerExceptions.Select(error => error.GetType()));
    }

    [Fact]
    public async Task Is_exhausted_by_too_many_failures_in_a_window_even_when_successes_lie_between()
    {
        var body = new Script(Script.Throws(), Script.Succeeds, Script.Throws(), Script.Succeeds, Script.Throws());
        var task = Tasks.Every("feed", TimeSpan.FromSeconds(5), body.RunAsync, new() { Restart = EverySecond with { MaxFailuresPerWindow = 3, Window = TimeSpan.FromMinutes(1) } });

        foreach (var state in (TaskState[])[TaskState.BackingOff, TaskState.Waiting, TaskState.BackingOff, TaskState.Waiting])
        {
            await task.WhenAsync(state, TestContext.Current.CancellationToken);
            Clock.Step();
        }

        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);
        Assert.Equal(5, body.Runs);
    }

    [Fact]
    public async Task Clears_the_count_after_a_minute_of_healthy_running()
    {
        var body = new Script(Script.Throws(), Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync, new() { Restart = EverySecond });
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Clock.Step();
        await body.BegunAsync(2);

        Clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Equal(1, task.Stats.ConsecutiveFailures);
        Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(0, task.Stats.ConsecutiveFailures);
        Assert.Single(Log.Of(1102));
    }

    [Fact]
    public async Task Stops_everything_and_faults_the_supervisor_when_it_is_told_to()
    {
        var other = Tasks.Loop("other", Script.Waits);
        await other.Ready;
        Tasks.Loop("feed", new Script(Script.Throws("lost")).RunAsync, new() { Restart = EverySecond with { MaxConsecutiveFailures = 1, WhenExhausted = GiveUp.StopAll } });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Tasks.Completion);
        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("lost", TaskState.Stopped), (error.Message, other.State));
        Assert.Contains("action: StopAll", Assert.Single(Log.Of(1103)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_back_alerts_of_the_same_reason_for_the_interval()
    {
        var body = new Script(Script.Throws());
        var task = Tasks.Loop("feed", body.RunAsync, new() { Restart = EverySecond with { MaxConsecutiveFailures = 1 } });

        foreach (var minutes in (int[])[0, 14, 1])
        {
            await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);
            Clock.Advance(TimeSpan.FromMinutes(minutes));
            task.Restart();
        }

        await body.BegunAsync(4);
        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        Assert.Equal(["exhausted", "exhausted"], await ReasonsOfAlertsAsync());
    }

    [Fact]
    public async Task Logs_an_alert_that_could_not_be_delivered()
    {
        var options = Options();
        options.OnAlert = (_, _) => throw new FormatException("no such chat");
        Use(options);
        var task = Tasks.Loop("feed", new Script(Script.Throws()).RunAsync, new() { Restart = RestartPolicy.Never });
        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("no such chat", Assert.Single(Log.Of(1204)).Error?.Message);
    }
}
