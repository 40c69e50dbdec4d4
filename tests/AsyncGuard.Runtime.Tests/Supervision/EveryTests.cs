using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class EveryTests : SupervisedTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Runs_at_once_and_then_at_a_fixed_rate()
    {
        List<double> starts = [];
        Tasks.Every("auctions", Period, _ =>
        {
            starts.Add(Seconds());
            return Task.CompletedTask;
        });

        await Clock.PassAsync(TimeSpan.FromSeconds(35));

        Assert.Equal([0, 10, 20, 30], starts);
    }

    [Fact]
    public async Task Keeps_its_rate_however_long_a_run_takes()
    {
        List<double> starts = [];
        Tasks.Every("auctions", Period, async cancellationToken =>
        {
            starts.Add(Seconds());
            await Task.Delay(TimeSpan.FromSeconds(4), Clock, cancellationToken);
        });

        await Clock.PassAsync(TimeSpan.FromSeconds(35));

        Assert.Equal([0, 10, 20, 30], starts);
    }

    [Fact]
    public async Task Never_overlaps_and_makes_up_for_all_missed_ticks_with_one_run()
    {
        List<double> starts = [];
        var lengths = new Queue<double>([35, 1, 1, 1]);
        Tasks.Every("auctions", Period, async cancellationToken =>
        {
            starts.Add(Seconds());
            await Task.Delay(TimeSpan.FromSeconds(lengths.Dequeue()), Clock, cancellationToken);
        });

        await Clock.PassAsync(TimeSpan.FromSeconds(52));

        Assert.Equal([0, 35, 40, 50], starts);
    }

    [Fact]
    public async Task Tries_a_failed_run_again_after_the_pause_of_its_policy_and_keeps_its_rhythm()
    {
        var body = new Script(Script.Succeeds, Script.Throws(), Script.Succeeds);
        var task = Tasks.Every("auctions", Period, body.RunAsync, new() { Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(3)) });
        await task.WhenAsync(TaskState.Waiting, TestContext.Current.CancellationToken);

        Clock.Step();
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Assert.Equal(Clock.Start + TimeSpan.FromSeconds(13), task.Stats.NextStart);
        Clock.Step();
        await task.WhenAsync(TaskState.Waiting, TestContext.Current.CancellationToken);

        Assert.Equal((3, Clock.Start + TimeSpan.FromSeconds(20)), (body.Runs, task.Stats.NextStart));
    }

    [Fact]
    public async Task Says_when_its_next_run_is_due()
    {
        var task = Tasks.Every("auctions", Period, Script.Succeeds);
        await task.WhenAsync(TaskState.Waiting, TestContext.Current.CancellationToken);

        Assert.Equal(Clock.Start + Period, task.Stats.NextStart);
        Assert.Equal("periodic", task.Kind);
        Assert.Equal(Clock.Start, task.Stats.LastSuccess);
    }

    [Fact]
    public async Task Runs_once_more_at_once_when_it_is_restarted_between_two_ticks()
    {
        var body = new Script(Script.Succeeds);
        var task = Tasks.Every("auctions", Period, body.RunAsync);
        await task.WhenAsync(TaskState.Waiting, TestContext.Current.CancellationToken);

        task.Restart();
        await body.BegunAsync(2);

        Assert.Equal(Clock.Start, Clock.GetUtcNow());
        Assert.Equal((1L, 0L), (task.Stats.Restarts, task.Stats.Failures));
    }

    private double Seconds() => (Clock.GetUtcNow() - Clock.Start).TotalSeconds;
}
