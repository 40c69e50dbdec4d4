using AsyncGuard.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AsyncGuard.Supervision;

public sealed class ScopeTests : SupervisedTests, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddScoped<Session>().BuildServiceProvider(validateScopes: true);

    public ScopeTests()
    {
        var options = Options();
        options.Services = _services;
        Use(options);
    }

    [Fact]
    public async Task Are_fresh_for_every_iteration_and_disposed_after_it()
    {
        List<Session> seen = [];
        var third = new TaskCompletionSource();
        Tasks.Loop<Session>("wallet", async (session, cancellationToken) =>
        {
            seen.Add(session);
            await Task.Yield();
            if (seen.Count == 3)
            {
                third.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        });

        await third.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal([true, true, false], seen.Select(session => session.IsDisposed));
        Assert.Equal(3, seen.Distinct().Count());
    }

    [Fact]
    public async Task Live_as_long_as_fire_and_forget_work()
    {
        Session? seen = null;
        var wasDisposedEarly = true;
        Assert.True(Tasks.Run<Session>("mail", async (session, _) =>
        {
            seen = session;
            await Task.Yield();
            wasDisposedEarly = session.IsDisposed;
        }));

        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal((false, true), (wasDisposedEarly, seen!.IsDisposed));
    }

    [Fact]
    public async Task Give_several_services_by_their_provider()
    {
        (Session First, Session Second)? seen = null;
        Assert.True(Tasks.Run<IServiceProvider>("mail", (services, _) =>
        {
            seen = (services.GetRequiredService<Session>(), services.GetRequiredService<Session>());
            return Task.CompletedTask;
        }));

        await Tasks.StopAsync(TestContext.Current.CancellationToken);

        Assert.Same(seen!.Value.First, seen.Value.Second);
        Assert.True(seen.Value.First.IsDisposed);
    }

    [Fact]
    public async Task Fail_the_run_when_the_service_is_not_registered()
    {
        var task = Tasks.Every<StringComparer>("wallet", TimeSpan.FromMinutes(1), (_, _) => Task.CompletedTask);

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Contains(nameof(StringComparer), task.Stats.LastError?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Need_services()
    {
        Use(Options());

        var error = Assert.Throws<InvalidOperationException>(() => Tasks.Loop<Session>("wallet", (_, _) => Task.CompletedTask));

        Assert.Contains("SupervisorOptions.Services", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _services.Dispose();

    private sealed class Session : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
