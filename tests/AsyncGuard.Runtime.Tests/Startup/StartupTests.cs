using AsyncGuard.Support;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Startup;

public sealed class StartupTests : SupervisedTests
{
    [Fact]
    public async Task Ends_with_the_step()
    {
        await Tasks.StartupAsync("migrate", Script.Succeeds, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("Startup step migrate is done in 00:00:00", Assert.Single(Log.Of(1300)).Message);
    }

    [Fact]
    public async Task Tries_again_until_the_step_succeeds()
    {
        var step = new Script(Script.Throws("no route to host"), Script.Throws("no route to host"), Script.Succeeds);
        var startup = Tasks.StartupAsync("migrate", step.RunAsync, new() { Retry = RestartPolicy.Constant(TimeSpan.FromSeconds(2), 9) }, TestContext.Current.CancellationToken);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await Clock.ArmedAsync(2);
            Clock.Step();
        }

        await startup;
        Assert.Equal((3, 2), (step.Runs, Log.Of(1301).Count));
    }

    [Fact]
    public async Task Ends_at_its_deadline_although_the_step_ignores_its_token()
    {
        var release = new TaskCompletionSource();
        var startup = Tasks.StartupAsync("migrate", _ => release.Task, new() { Timeout = TimeSpan.FromMilliseconds(300) }, TestContext.Current.CancellationToken);
        await Clock.ArmedAsync();

        Clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(startup.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var error = await Assert.ThrowsAsync<StartupTimeoutException>(() => startup);
        Assert.Equal(("migrate", TimeSpan.FromMilliseconds(300)), (error.Name, error.Timeout));
        Assert.Equal(LogLevel.Critical, Assert.Single(Log.Of(1302)).Level);
        release.SetResult();
    }

    [Fact]
    public async Task Ends_at_its_deadline_although_the_step_blocks_its_thread()
    {
        using var release = new ManualResetEventSlim();
        var startup = Tasks.StartupAsync("migrate", _ =>
        {
            release.Wait(CancellationToken.None);
            return Task.CompletedTask;
        }, cancellationToken: TestContext.Current.CancellationToken);
        await Clock.ArmedAsync();

        Clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<StartupTimeoutException>(() => startup);
        release.Set();
    }

    [Fact]
    public async Task Tells_the_last_failure_when_its_time_is_over()
    {
        var startup = Tasks.StartupAsync("migrate", Script.Throws("password rejected"), new() { Timeout = TimeSpan.FromSeconds(1), Retry = RestartPolicy.Constant(TimeSpan.FromMinutes(1)) }, TestContext.Current.CancellationToken);
        await Clock.ArmedAsync(2);

        Clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<StartupTimeoutException>(() => startup);
        Assert.Equal("password rejected", error.InnerException?.Message);
    }

    [Fact]
    public async Task Ends_before_its_deadline_when_the_policy_is_exhausted()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Tasks.StartupAsync("migrate", Script.Throws("bad script"), new() { Retry = RestartPolicy.Never }, TestContext.Current.CancellationToken));

        Assert.Equal("bad script", error.Message);
        Assert.Single(Log.Of(1304));
    }

    [Fact]
    public async Task Goes_on_without_a_step_that_is_not_required()
    {
        await Tasks.StartupAsync("warm up", Script.Throws("cold"), new() { Required = false, Retry = RestartPolicy.Never }, TestContext.Current.CancellationToken);

        Assert.Equal("cold", Assert.Single(Log.Of(1303)).Error?.Message);
    }

    [Fact]
    public async Task Is_cancelled_by_its_caller_although_the_step_is_not_required()
    {
        using var caller = new CancellationTokenSource();
        var step = new Script(Script.Waits);
        var startup = Tasks.StartupAsync("migrate", step.RunAsync, new() { Required = false }, caller.Token);
        await step.BegunAsync(1);

        await caller.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => startup);
    }

    [Fact]
    public async Task Is_cancelled_by_a_stop_of_the_supervisor()
    {
        var step = new Script(Script.Waits);
        var startup = Tasks.StartupAsync("migrate", step.RunAsync, cancellationToken: TestContext.Current.CancellationToken);
        await step.BegunAsync(1);

        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<OperationCanceledException>(() => startup);
    }
}
