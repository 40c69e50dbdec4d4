using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class RestartTests : SupervisedTests
{
    [Fact]
    public async Task Replaces_a_running_body_and_is_no_failure()
    {
        var body = new Script(Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync);
        await body.BegunAsync(1);

        task.Restart();
        await body.BegunAsync(2);

        Assert.Equal((1, 0L, 1L), (body.MostAtOnce, task.Stats.Failures, task.Stats.Restarts));
    }

    [Fact]
    public async Task Ends_a_pause_at_once_and_clears_the_count_of_failures()
    {
        var body = new Script(Script.Throws(), Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        task.Restart();
        await body.BegunAsync(2);

        Assert.Equal((Clock.Start, 0), (Clock.GetUtcNow(), task.Stats.ConsecutiveFailures));
    }

    [Fact]
    public async Task Begins_a_new_life_after_the_task_had_given_up()
    {
        var body = new Script(Script.Throws(), Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync, new() { Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(1), 1) });
        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);
        var firstLife = task.Completion;

        task.Restart();
        await body.BegunAsync(2);

        Assert.True(firstLife.IsFaulted);
        Assert.False(task.Completion.IsCompleted);
        Assert.Equal((TaskState.Running, false), (task.State, task.Stats.IsExhausted));
    }

    [Fact]
    public async Task Begins_a_new_life_after_a_stop_unless_the_name_was_taken()
    {
        var task = Tasks.Loop("feed", Script.Waits);
        await task.StopAsync(TestContext.Current.CancellationToken);
        var other = Tasks.Loop("feed", Script.Waits);

        Assert.Throws<ArgumentException>(task.Restart);
        await other.StopAsync(TestContext.Current.CancellationToken);
        task.Restart();
        await task.Ready;

        Assert.Equal([task], Tasks.Tasks);
    }

    [Fact]
    public async Task Waits_for_a_body_that_does_not_obey()
    {
        var release = new TaskCompletionSource();
        var body = new Script(_ => release.Task, Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync);
        await body.BegunAsync(1);

        task.Restart();
        await Clock.ArmedAsync();
        Clock.Advance(TimeSpan.FromSeconds(10));
        await task.WhenAsync(TaskState.Stuck, TestContext.Current.CancellationToken);
        release.SetResult();
        await body.BegunAsync(2);

        Assert.Equal(1, body.MostAtOnce);
    }

    [Fact]
    public async Task Does_nothing_once_the_supervisor_has_stopped()
    {
        var body = new Script(Script.Waits);
        var task = Tasks.Loop("feed", body.RunAsync);
        await body.BegunAsync(1);
        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        task.Restart();

        Assert.Equal((TaskState.Stopped, 1), (task.State, body.Runs));
    }

    /// <summary>Whatever is asked of a task, in whatever order, it never runs twice at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Never_makes_two_copies_whatever_happens(int seed)
    {
        var random = new Random(seed);
        var release = new SemaphoreSlim(0);
        var body = new Script([.. Enumerable.Range(0, 64).Select(_ => random.Next(4) switch
        {
            0 => Script.Throws(),
            1 => Script.Waits,
            2 => new Func<CancellationToken, Task>(async _ => await release.WaitAsync(CancellationToken.None)),
            _ => async _ => await Task.Yield(),
        })]);
        var task = Tasks.Loop("feed", body.Cycled().RunAsync, new() { HangTimeout = TimeSpan.FromSeconds(30), StopTimeout = TimeSpan.FromSeconds(1) });

        while (body.Runs < Scale.Of(usual: 500, full: 100_000))
        {
            await Task.Yield();
            switch (random.Next(5))
            {
                case 0: task.Restart(); break;
                case 1: release.Release(); break;
                case 2: task.Beat(); break;
                case 3: Clock.Advance(TimeSpan.FromSeconds(random.Next(40))); break;
                default: _ = task.StopAsync(TestContext.Current.CancellationToken); break;
            }
        }

        Assert.Equal(1, body.MostAtOnce);
        release.Release(1_000_000);
    }
}
