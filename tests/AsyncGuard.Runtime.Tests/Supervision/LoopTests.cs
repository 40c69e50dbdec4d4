using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class LoopTests : SupervisedTests
{
    [Fact]
    public async Task Treats_a_cancellation_that_nobody_here_asked_for_as_a_failure()
    {
        var task = Tasks.Loop("wallet", new Script(_ => throw new TaskCanceledException("HttpClient.Timeout")).RunAsync);

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.IsType<TaskCanceledException>(task.Stats.LastError);
        Assert.Single(Log.Of(1101));
    }

    [Fact]
    public async Task Treats_the_cancellation_of_its_own_token_as_a_stop()
    {
        var task = Tasks.Loop("wallet", new Script(Script.Waits).RunAsync);
        await task.Ready;

        await task.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((TaskState.Stopped, 0L), (task.State, task.Stats.Failures));
        await task.Completion;
        Assert.Empty(Tasks.Tasks);
    }

    [Fact]
    public async Task Reports_a_failure_that_a_stop_provoked()
    {
        var task = Tasks.Loop("wallet", async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, TestContext.Current.CancellationToken);
            throw new InvalidOperationException("socket closed");
        });
        await task.Ready;

        await task.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("socket closed", Assert.Single(Log.Of(1109)).Error?.Message);
        Assert.Equal(TaskState.Stopped, task.State);
    }

    [Fact]
    public async Task Runs_on_without_a_pause_after_an_iteration_that_awaited_something()
    {
        var tenth = new TaskCompletionSource();
        var runs = 0;
        var task = Tasks.Loop("wallet", async cancellationToken =>
        {
            await Task.Yield();
            if (++runs == 10)
            {
                tenth.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        });

        await tenth.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(10, task.Stats.Runs);
        Assert.Equal(Clock.Start, Clock.GetUtcNow());
    }

    [Fact]
    public async Task Rests_for_a_millisecond_after_an_iteration_that_never_gave_its_thread_back()
    {
        var body = new Script(Script.Succeeds);
        Tasks.Loop("hot", body.RunAsync);

        await Clock.ArmedAsync();
        Assert.Equal(1, body.Runs);
        await Clock.PassAsync(TimeSpan.FromMilliseconds(5));
        await Clock.ArmedAsync();

        Assert.Equal(6, body.Runs);
    }

    [Fact]
    public async Task Ends_after_the_first_good_run_when_it_is_not_to_be_restarted()
    {
        var task = Tasks.Loop("import", new Script(Script.Throws(), Script.Succeeds).RunAsync, new() { Restart = RestartPolicy.Default with { RestartWhenDone = false } });
        await Clock.ArmedAsync();

        Clock.Step();
        await task.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal((TaskState.Completed, 2L), (task.State, task.Stats.Runs));
    }

    [Fact]
    public async Task Runs_once_when_its_policy_is_never()
    {
        var task = Tasks.Loop("import", new Script(Script.Throws("bad file")).RunAsync, new() { Restart = RestartPolicy.Never });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => task.Completion);

        Assert.Equal(("bad file", TaskState.Failed, 1L), (error.Message, task.State, task.Stats.Runs));
    }

    [Fact]
    public async Task Starts_without_the_asynchronous_locals_of_its_creator()
    {
        var request = new AsyncLocal<string> { Value = "request 7" };
        var seen = new TaskCompletionSource<string?>();
        Tasks.Loop("wallet", cancellationToken =>
        {
            seen.TrySetResult(request.Value);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });

        Assert.Null(await seen.Task);
    }

    [Fact]
    public async Task Knows_itself_inside_its_body_only()
    {
        var seen = new TaskCompletionSource<SupervisedTask?>();
        var task = Tasks.Loop("wallet", async cancellationToken =>
        {
            await Task.Yield();
            seen.TrySetResult(SupervisedTask.Current);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });

        Assert.Same(task, await seen.Task);
        Assert.Null(SupervisedTask.Current);
    }

    [Fact]
    public async Task Counts_a_body_that_returns_no_task_as_failed()
    {
        var task = Tasks.Loop("wallet", _ => null!);

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Contains("'wallet' returned no task", task.Stats.LastError?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_a_return_that_its_body_calls_unexpected_as_such()
    {
        var task = Tasks.Loop("worker", _ => throw new UnexpectedReturnException("worker"), new() { Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(3)) });

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal("worker returned although nobody asked it to stop; it will be started again in 00:00:03", Assert.Single(Log.Of(1107)).Message);
        Assert.Empty(Log.Of(1101));
    }

    [Fact]
    public void Refuses_a_name_in_use_and_says_what_to_do()
    {
        Tasks.Loop("wallet", Script.Waits);

        var error = Assert.Throws<ArgumentException>(() => Tasks.Every("wallet", TimeSpan.FromSeconds(1), Script.Waits));

        Assert.Contains("'wallet' already exists", error.Message, StringComparison.Ordinal);
        Assert.Contains("stop the first with StopAsync", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_its_name_back_when_it_has_stopped()
    {
        var first = Tasks.Loop("wallet", Script.Waits);
        await first.StopAsync(TestContext.Current.CancellationToken);

        var second = Tasks.Loop("wallet", Script.Waits);

        await second.Ready;
        Assert.Equal([second], Tasks.Tasks);
    }

    [Fact]
    public async Task Refuses_to_start_once_the_supervisor_stops()
    {
        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => Tasks.Loop("wallet", Script.Waits));
    }

    [Fact]
    public async Task Waits_for_its_initial_delay()
    {
        var body = new Script(Script.Waits);
        var task = Tasks.Loop("wallet", body.RunAsync, new() { InitialDelay = TimeSpan.FromSeconds(5) });
        await Clock.ArmedAsync();

        Assert.Equal((TaskState.Waiting, 0), (task.State, body.Runs));
        Clock.Step();
        await task.Ready;

        Assert.Equal(TimeSpan.FromSeconds(5), Clock.GetUtcNow() - Clock.Start);
    }

    [Fact]
    public async Task Cancels_its_readiness_when_it_is_stopped_before_its_first_run()
    {
        var task = Tasks.Loop("wallet", Script.Waits, new() { InitialDelay = TimeSpan.FromSeconds(5) });

        await task.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TaskCanceledException>(() => task.Ready);
        Assert.Equal(0, task.Stats.Runs);
    }

    [Fact]
    public async Task Ends_the_wait_for_a_state_that_cannot_come_any_more()
    {
        var task = Tasks.Loop("wallet", Script.Waits);
        var wait = task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        await task.StopAsync(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => wait);
        Assert.Contains("ended as Stopped", error.Message, StringComparison.Ordinal);
    }
}
