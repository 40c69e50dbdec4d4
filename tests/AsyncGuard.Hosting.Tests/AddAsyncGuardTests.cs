using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AsyncGuard.Hosting;

public sealed class AddAsyncGuardTests : HostedTests
{
    [Fact]
    public async Task Gives_the_supervisor_the_services_logging_and_clock_of_the_host()
    {
        var seen = new TaskCompletionSource<IHostApplicationLifetime>();
        await StartAsync(services => services.AddAsyncGuard());

        var task = Tasks.Loop<IHostApplicationLifetime>("feed", (lifetime, cancellationToken) =>
        {
            seen.TrySetResult(lifetime);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });

        Assert.Same(Services.GetRequiredService<IHostApplicationLifetime>(), await seen.Task);
        Assert.Equal(Clock.Start, task.Stats.LastStart);
        Assert.Single(Log.Of(1100));
    }

    [Fact]
    public async Task Makes_it_the_default_until_the_host_has_stopped()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var hosted = Tasks;
        Assert.Same(hosted, Supervisor.Default);

        await StopAsync();

        Assert.NotSame(hosted, Supervisor.Default);
    }

    [Fact]
    public async Task Drains_with_the_host()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var work = new Script(Script.Waits);
        Tasks.Run("mail", work.RunAsync);
        await work.BegunAsync(1);

        var stop = StopAsync();
        await Log.WhenAsync(1202);
        await Clock.ArmedAsync();
        Clock.Advance(TimeSpan.FromSeconds(15));
        await stop;

        Assert.Equal("Draining 1 running tasks for at most 00:00:15", Assert.Single(Log.Of(1202)).Message);
        Assert.Single(Log.Of(1205));
    }

    [Theory]
    [InlineData(30, 20, 5, 15, 5)]
    [InlineData(8, 20, 5, 4, 2)]
    [InlineData(120, 20, 5, 20, 5)]
    public async Task Cuts_the_times_of_a_stop_to_fit_the_hosts(int shutdown, int drain, int stop, int expectedDrain, int expectedStop)
    {
        SupervisorOptions? used = null;
        await StartAsync(services =>
        {
            services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(shutdown));
            services.AddAsyncGuard(options => (options.DrainTimeout, options.StopTimeout) = (TimeSpan.FromSeconds(drain), TimeSpan.FromSeconds(stop)));
        });

        used = Services.GetRequiredService<IOptions<SupervisorOptions>>().Value;

        Assert.Equal((expectedDrain, expectedStop), ((int)used.DrainTimeout.TotalSeconds, (int)used.StopTimeout.TotalSeconds));
    }

    [Fact]
    public async Task Stops_the_application_when_a_task_gives_up_for_all()
    {
        await StartAsync(services => services.AddAsyncGuard());
        var stopping = new TaskCompletionSource();
        using var registration = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        Tasks.Loop("doomed", new Script(Script.Throws()).RunAsync, new() { Restart = RestartPolicy.Never with { WhenExhausted = GiveUp.StopAll } });

        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = 0;
    }

    [Fact]
    public void Adds_settings_and_nothing_else_when_it_is_called_again()
    {
        var services = new ServiceCollection();
        services.AddAsyncGuard(options => options.Name = "first");
        var count = services.Count;

        services.AddAsyncGuard(options => options.MaxRunning = 7);

        Assert.Equal(count + 1, services.Count);
        var options = services.BuildServiceProvider().GetRequiredService<IOptions<SupervisorOptions>>().Value;
        Assert.Equal(("first", 7), (options.Name, options.MaxRunning));
    }
}
