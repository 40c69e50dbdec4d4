using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class HangTests : SupervisedTests
{
    private static readonly SupervisionOptions Watched = new()
    {
        HangTimeout = TimeSpan.FromSeconds(30),
        StopTimeout = TimeSpan.FromSeconds(10),
        Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(1)),
    };

    [Fact]
    public async Task Is_found_after_exactly_its_timeout_and_restarted()
    {
        var body = new Script(Script.Waits);
        var task = Tasks.Loop("jobs", body.RunAsync, Watched);
        await body.BegunAsync(1);

        Clock.Advance(TimeSpan.FromSeconds(29.999));
        Assert.Empty(Log.Of(1104));
        Clock.Advance(TimeSpan.FromSeconds(0.001));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal("jobs made no progress for 00:00:30; cancelling this run", Assert.Single(Log.Of(1104)).Message);
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<HungTaskException>(task.Stats.LastError).Silence);
        Clock.Step();
        await body.BegunAsync(2);
        Assert.Equal(1, body.MostAtOnce);
    }

    [Fact]
    public async Task Is_never_suspected_of_a_task_that_beats_in_time()
    {
        var beats = Scale.Of(usual: 20_000, full: 1_000_000);
        var task = Tasks.Loop("jobs", Script.Waits, Watched);
        await task.Ready;

        for (var beat = 0; beat < beats; beat++)
        {
            Clock.Advance(TimeSpan.FromSeconds(29.9));
            task.Beat();
        }

        Assert.Empty(Log.Of(1104));
        Assert.Equal((1L, TaskState.Running), (task.Stats.Runs, task.State));
        Assert.Equal(Clock.GetUtcNow(), task.Stats.LastProgress);
    }

    [Fact]
    public async Task Is_found_at_the_timeout_after_the_last_beat()
    {
        var task = Tasks.Loop("jobs", Script.Waits, Watched);
        await task.Ready;
        Clock.Advance(TimeSpan.FromSeconds(20));
        task.Beat();

        Clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(Log.Of(1104));
        Clock.Advance(TimeSpan.FromSeconds(0.1));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Single(Log.Of(1104));
    }

    [Fact]
    public async Task Is_reported_as_stuck_when_it_ignores_its_cancellation_and_heals_when_it_ends_at_last()
    {
        var release = new TaskCompletionSource();
        var body = new Script(_ => release.Task, Script.Waits);
        var task = Tasks.Loop("jobs", body.RunAsync, Watched);
        await body.BegunAsync(1);

        Clock.Advance(TimeSpan.FromSeconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await task.WhenAsync(TaskState.Stuck, TestContext.Current.CancellationToken);
        Assert.Equal("jobs is stuck: it ignored cancellation for 00:00:10; no second copy will be started", Assert.Single(Log.Of(1105)).Message);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((TaskState.Stuck, 1), (task.State, body.Runs));

        release.SetResult();
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Clock.Step();
        await body.BegunAsync(2);

        Assert.Equal(1, body.MostAtOnce);
        Assert.Equal(["hung", "stuck"], await ReasonsOfAlertsAsync());
    }

    [Fact]
    public async Task Leaves_a_stuck_task_behind_at_once_when_it_is_stopped()
    {
        var release = new TaskCompletionSource();
        var task = Tasks.Loop("jobs", _ => release.Task, Watched);
        await task.Ready;
        Clock.Advance(TimeSpan.FromSeconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await task.WhenAsync(TaskState.Stuck, TestContext.Current.CancellationToken);

        await task.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("jobs did not stop in time and was abandoned", Assert.Single(Log.Of(1203)).Message);
        Assert.Throws<ArgumentException>(() => Tasks.Loop("jobs", Script.Waits));
        release.SetResult();
        await task.Completion;
        Assert.Equal(TaskState.Stopped, task.State);
    }

    [Fact]
    public async Task Keeps_what_the_body_threw_when_it_was_cancelled()
    {
        var task = Tasks.Loop("jobs", async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TestContext.Current.CancellationToken);
            throw new InvalidOperationException("connection is busy");
        }, Watched);
        await task.Ready;

        Clock.Advance(TimeSpan.FromSeconds(30));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal("connection is busy", Assert.IsType<HungTaskException>(task.Stats.LastError).InnerException?.Message);
    }
}
