using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AsyncGuard.Hosting;

/// <summary>Fills in what the host knows and fits the stop into the host's own.</summary>
internal sealed class SupervisorDefaults(IServiceProvider services, IOptions<HostOptions> host) : IPostConfigureOptions<SupervisorOptions>
{
    public void PostConfigure(string? name, SupervisorOptions options)
    {
        options.Services ??= services;
        options.LoggerFactory ??= services.GetService<ILoggerFactory>();
        if (options.TimeProvider == TimeProvider.System && services.GetService<TimeProvider>() is { } clock)
        {
            options.TimeProvider = clock;
        }

        var shutdown = host.Value.ShutdownTimeout;
        if (shutdown > TimeSpan.Zero)
        {
            options.DrainTimeout = Shorter(options.DrainTimeout, shutdown, parts: 2);
            options.StopTimeout = Shorter(options.StopTimeout, shutdown, parts: 4);
        }
    }

    private static TimeSpan Shorter(TimeSpan wanted, TimeSpan shutdown, int parts)
    {
        var limit = TimeSpan.FromTicks(shutdown.Ticks / parts);
        return wanted < limit ? wanted : limit;
    }
}
