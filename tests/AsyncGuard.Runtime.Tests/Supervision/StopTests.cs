using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class StopTests : SupervisedTests
{
    private readonly TaskCompletionSource _release = new();

    [Fact]
    public async Task Lets_fire_and_forget_work_finish_and_loses_none_of_it()
    {
        var count = Scale.Of(usual: 2_000, full: 10_000);
        var options = Options();
        options.DrainTimeout = TimeSpan.FromHours(1);
        Use(options);
        var random = new Random(4);
        var done = 0;
        for (var run = 0; run < count; run++)
        {
            var length = TimeSpan.FromMilliseconds(random.Next(1, 5_000));
            Assert.True(Tasks.Run("mail", async cancellationToken =>
            {
                await Task.Delay(length, Clock, cancellationToken);
                Interlocked.Increment(ref done);
            }));
        }

        var stop = Tasks.StopAsync(TestContext.Current.CancellationToken);
        for (var ended = 0; ended < count;)
        {
            await Clock.ArmedAsync(Math.Min(1024, count - ended) + 1);
            ended += Clock.Step();
        }

        await stop;
        Assert.Equal((count, 0), (done, Log.Of(1203).Count + Log.Of(1205).Count));
        Assert.StartsWith("Draining 1024 running tasks for at most 01:00:00", Assert.Single(Log.Of(1202)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancels_what_is_not_done_when_the_time_to_drain_is_over()
    {
        var body = new Script(Script.Waits);
        Tasks.Run("report", body.RunAsync);
        await body.BegunAsync(1);

        var stop = Tasks.StopAsync(TestContext.Current.CancellationToken);
        await Clock.ArmedAsync();
        Clock.Advance(TimeSpan.FromSeconds(19.999));
        Assert.Empty(Log.Of(1205));
        Clock.Advance(TimeSpan.FromSeconds(0.001));
        await stop;

        Assert.StartsWith("report (fire and forget) was not done", Assert.Single(Log.Of(1205)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_after_both_timeouts_whatever_user_code_does_and_names_all_it_leaves_behind()
    {
        var options = Options();
        options.OnAlert = (_, _) => _release.Task;
        Use(options);
        var (deafLoop, deafRun) = (new Script(_ => _release.Task), new Script(_ => _release.Task));
        var loop = Tasks.Loop("deaf loop", deafLoop.RunAsync, new() { StopTimeout = TimeSpan.FromHours(1) });
        var failed = Tasks.Loop("failing", new Script(Script.Throws()).RunAsync, new() { Restart = RestartPolicy.Never });
        Tasks.Run("deaf run", deafRun.RunAsync);
        await Task.WhenAll(deafLoop.BegunAsync(1), deafRun.BegunAsync(1), failed.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken));

        var stop = Tasks.StopAsync(TestContext.Current.CancellationToken);
        await Clock.ArmedAsync(2);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await Clock.ArmedAsync(2);
        Clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(stop.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(0.001));
        await stop;

        string[] expected = ["alert for failing", "deaf loop", "deaf run"];
        Assert.Equal(expected, Log.Of(1203).Select(entry => entry.Message.Replace(" did not stop in time and was abandoned", string.Empty, StringComparison.Ordinal)).Order());
        Assert.Equal(TaskState.Stuck, loop.State);
        _release.SetResult();
        await loop.Completion;
    }

    [Fact]
    public async Task Waits_no_longer_than_a_loops_own_timeout_when_nothing_else_runs()
    {
        var body = new Script(_ => _release.Task);
        Tasks.Loop("deaf loop", body.RunAsync, new() { StopTimeout = TimeSpan.FromSeconds(2) });
        await body.BegunAsync(1);

        var stop = Tasks.StopAsync(TestContext.Current.CancellationToken);
        await Clock.ArmedAsync(2);
        Clock.Advance(TimeSpan.FromSeconds(2));
        await stop;

        Assert.Equal("deaf loop did not stop in time and was abandoned", Assert.Single(Log.Of(1203)).Message);
        _release.SetResult();
    }

    [Fact]
    public async Task Names_work_that_never_began()
    {
        var options = Options();
        options.MaxRunning = 1;
        Use(options);
        var body = new Script(_ => _release.Task);
        Tasks.Run("running", body.RunAsync);
        Tasks.Run("waiting", body.RunAsync);
        await body.BegunAsync(1);

        var stop = Tasks.StopAsync(new CancellationToken(canceled: true));
        await Clock.ArmedAsync();
        Clock.Advance(TimeSpan.FromSeconds(5));
        await stop;

        Assert.Equal(2, Log.Of(1203).Count);
        _release.SetResult();
    }

    [Fact]
    public async Task Hurries_when_its_token_is_cancelled()
    {
        var body = new Script(Script.Waits);
        Tasks.Run("report", body.RunAsync);
        await body.BegunAsync(1);
        using var hurry = new CancellationTokenSource();
        var stop = Tasks.StopAsync(hurry.Token);
        await Clock.ArmedAsync();

        await hurry.CancelAsync();
        await stop;

        Assert.Single(Log.Of(1205));
        Assert.Equal(Clock.Start, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Is_one_stop_however_often_it_is_asked_for()
    {
        var first = Tasks.StopAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(first, Tasks.StopAsync(TestContext.Current.CancellationToken), Tasks.DisposeAsync().AsTask());

        await Tasks.Completion;
    }

    [Fact]
    public async Task Does_not_run_the_callbacks_of_tokens_on_its_callers_thread()
    {
        var registered = new TaskCompletionSource();
        var task = Tasks.Loop("wallet", async cancellationToken =>
        {
            cancellationToken.Register(() => throw new InvalidOperationException("bad callback"));
            registered.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await registered.Task;

        await task.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TaskState.Stopped, task.State);
        Assert.IsType<AggregateException>((await Log.WhenAsync(1110)).Error);
    }
}
