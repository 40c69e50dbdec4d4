using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

public sealed class RunTests : SupervisedTests
{
    [Fact]
    public void Accepts_work_and_does_none_of_it_on_the_callers_thread()
    {
        var threads = new List<int>();
        using var gate = new ManualResetEventSlim();

        Assert.True(Tasks.Run("mail", _ =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            gate.Set();
            return Task.CompletedTask;
        }));
        gate.Wait(TestContext.Current.CancellationToken);   // blocks this thread, so the work cannot be on it

        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(threads));
    }

    [Fact]
    public void Returns_although_the_work_blocks_its_thread()
    {
        using var gate = new ManualResetEventSlim();

        Assert.True(Tasks.Run("mail", _ =>
        {
            gate.Wait(CancellationToken.None);
            return Task.CompletedTask;
        }));

        gate.Set();
    }

    [Theory]
    [InlineData(Failing.AtOnce)]
    [InlineData(Failing.Later)]
    [InlineData(Failing.ByForeignCancellation)]
    [InlineData(Failing.ByReturningNoTask)]
    public async Task Logs_work_that_fails(Failing way)
    {
        Assert.True(Tasks.Run("mail", way.Body()));

        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        var entry = Assert.Single(Log.Of(1200));
        Assert.StartsWith("mail (fire and forget) failed after", entry.Message, StringComparison.Ordinal);
        Assert.NotNull(entry.Error);
    }

    [Fact]
    public async Task Keeps_the_asynchronous_locals_of_its_caller()
    {
        var scope = new AsyncLocal<string> { Value = "request 7" };
        var seen = new TaskCompletionSource<string?>();

        Tasks.Run("mail", _ =>
        {
            seen.SetResult(scope.Value);
            return Task.CompletedTask;
        });

        Assert.Equal("request 7", await seen.Task);
    }

    [Fact]
    public async Task Lets_work_beyond_its_limit_wait_and_refuses_what_is_too_much()
    {
        var options = Options();
        (options.MaxRunning, options.MaxQueued) = (2, 1);
        Use(options);
        var release = new TaskCompletionSource();
        var body = new Script(_ => release.Task);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => Tasks.Run("mail", body.RunAsync)));
        await body.BegunAsync(2);
        Assert.Equal((2, 2), (Tasks.Running, body.Runs));
        release.SetResult();
        await body.BegunAsync(3);

        Assert.Equal("mail was rejected: 2 run and 1 wait already", Assert.Single(Log.Of(1201)).Message);
        await Tasks.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Tasks.Running);
    }

    [Fact]
    public async Task Refuses_work_once_the_supervisor_stops()
    {
        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.False(Tasks.Run("mail", Script.Succeeds));
        Assert.Equal("mail was rejected: the supervisor is stopping", Assert.Single(Log.Of(1201)).Message);
    }

    [Fact]
    public void Refuses_work_on_a_service_where_there_are_no_services()
    {
        Assert.False(Tasks.Run<IDisposable>("mail", (_, _) => Task.CompletedTask));
        Assert.Contains("set SupervisorOptions.Services", Assert.Single(Log.Of(1201)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Throws_only_for_arguments_that_are_missing()
    {
        Assert.Throws<ArgumentException>("name", () => Tasks.Run(" ", Script.Succeeds));
        Assert.Throws<ArgumentNullException>("name", () => Tasks.Run(null!, Script.Succeeds));
        Assert.Throws<ArgumentNullException>("work", () => Tasks.Run("mail", null!));
    }
}
