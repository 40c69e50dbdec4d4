using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

/// <summary>The vocabulary of tests about a host: one in fake time whose log is kept.</summary>
public abstract class HostedTests : IAsyncLifetime
{
    private IHost? _host;

    internal StepClock Clock { get; } = new();

    internal LogBook Log { get; } = new();

    private protected IServiceProvider Services => _host!.Services;

    private protected Supervisor Tasks => Services.GetRequiredService<Supervisor>();

    private protected async Task StartAsync(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ILoggerFactory>(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        configure(builder.Services);
        _host = builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    private protected Task StopAsync() => _host!.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
        {
            await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
            _host.Dispose();
        }
    }
}
