using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AsyncGuard.Hosting;

public sealed class HealthTests : HostedTests
{
    private static readonly RestartPolicy Steady = RestartPolicy.Constant(TimeSpan.FromSeconds(10), 2, GiveUp.KeepTrying);

    [Fact]
    public async Task Is_good_while_all_tasks_are_well()
    {
        await StartAsync(services => services.AddAsyncGuard());
        await Tasks.Loop("auctions", Script.Waits).Ready;

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy), await StatusAsync());
    }

    [Fact]
    public async Task Is_degraded_by_a_failing_task_and_unhealthy_once_it_is_exhausted_but_alive_all_the_while()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var body = new Script(Script.Throws("connection refused"));
        var task = Tasks.Loop("auctions", body.RunAsync, new() { Restart = Steady });
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Degraded, HealthStatus.Healthy), await StatusAsync());

        Clock.Step();
        await body.BegunAsync(2);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), await StatusAsync());
    }

    [Fact]
    public async Task Is_unhealthy_with_a_task_that_failed_for_good()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var task = Tasks.Loop("import", new Script(Script.Throws()).RunAsync, new() { Restart = RestartPolicy.Never });
        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), await StatusAsync());
        await task.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Healthy), await StatusAsync());
    }

    [Fact]
    public async Task Is_dead_with_a_task_that_is_stuck()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var release = new TaskCompletionSource();
        var task = Tasks.Loop("jobs", _ => release.Task, new() { HangTimeout = TimeSpan.FromSeconds(30) });
        await task.Ready;
        Clock.Advance(TimeSpan.FromSeconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        await task.WhenAsync(TaskState.Stuck, TestContext.Current.CancellationToken);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy), await StatusAsync());
        release.SetResult();
    }

    [Fact]
    public async Task Tells_the_figures_of_every_task()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var task = Tasks.Every("auctions", TimeSpan.FromMinutes(1), new Script(Script.Throws("connection refused")).RunAsync, new() { Restart = Steady });
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromSeconds(4));

        var entry = (await ReportAsync()).Entries["asyncguard"];

        Assert.Equal("auctions: BackingOff (1 failures in a row)", entry.Description);
        var data = Assert.IsType<IReadOnlyDictionary<string, object?>>(entry.Data["auctions"], exactMatch: false);
        Assert.Equal(
            ["state=BackingOff", "kind=periodic", "runs=1", "failures=1", "consecutiveFailures=1", "restarts=0", "lastSuccess=", "lastProgressSeconds=4", $"nextStart={Clock.Start.AddSeconds(10)}", "lastError=InvalidOperationException: connection refused", "pid=", "queueLength="],
            data.Select(one => $"{one.Key}={one.Value}"));
    }

    private Task<HealthReport> ReportAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    private async Task<(HealthStatus All, HealthStatus Live)> StatusAsync()
    {
        var report = await ReportAsync();
        return (report.Entries["asyncguard"].Status, report.Entries["asyncguard-live"].Status);
    }
}
