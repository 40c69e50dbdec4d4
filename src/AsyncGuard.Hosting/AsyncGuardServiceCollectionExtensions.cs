using System.Diagnostics.CodeAnalysis;
using AsyncGuard;
using AsyncGuard.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts AsyncGuard into a host. Called while services are being registered, so by one thread.</summary>
public static class AsyncGuardServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="Supervisor"/> as a singleton that stops with the host, makes it <see cref="Supervisor.Default"/>, and adds the health checks <c>asyncguard</c> (tag <c>tasks</c>) and <c>asyncguard-live</c> (tag <c>live</c>).</summary>
    /// <remarks>
    /// Services, logging and, where one is registered, the <see cref="TimeProvider"/> are the host's unless <paramref name="configure"/> sets others.
    /// The times to drain and to stop are cut to a half and a quarter of <see cref="HostOptions.ShutdownTimeout"/>, so that the supervisor has named what it leaves behind before the host gives up.
    /// A task that gives up with <see cref="GiveUp.StopAll"/> stops the application with exit code 1.
    /// Registered before other hosted services it stops after them. Calling it again adds settings and nothing else.
    /// </remarks>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Changes the supervisor's settings; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static AsyncGuardBuilder AddAsyncGuard(this IServiceCollection services, Action<SupervisorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.All(static service => service.ServiceType != typeof(Supervisor)))
        {
            services.AddSingleton<IPostConfigureOptions<SupervisorOptions>, SupervisorDefaults>();
            services.AddSingleton(static provider => new Supervisor(provider.GetRequiredService<IOptions<SupervisorOptions>>().Value));
            services.AddHostedService<SupervisorLifetime>();
            services.AddHealthChecks()
                .Add(Check("asyncguard", "tasks", TaskHealthCheck.All))
                .Add(Check("asyncguard-live", "live", TaskHealthCheck.Live));
        }

        return new AsyncGuardBuilder(services);
    }

    /// <summary>Supervises a background service: the drop-in for <c>AddHostedService</c>, on top of <see cref="AddAsyncGuard"/>, which it calls.</summary>
    /// <remarks>
    /// The service needs no change. Each time it fails it is disposed of and started again as a fresh instance by its policy; its name is that of its type.
    /// A return before the host stops is a failure too (event 1107), unless <see cref="RestartPolicy.RestartWhenDone"/> is false: then it is the end.
    /// It stops in its turn among the hosted services, within <see cref="SupervisionOptions.StopTimeout"/>. Adding the same service again adds settings and nothing else.
    /// </remarks>
    /// <typeparam name="TService">The background service. Its constructor takes singletons from the host.</typeparam>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Changes how it is supervised; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddSupervised<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
        this IServiceCollection services, Action<SupervisionOptions>? configure = null)
        where TService : BackgroundService
    {
        services.AddAsyncGuard();
        services.AddOptions();
        if (configure is not null)
        {
            services.Configure(SupervisedService<TService>.TaskName, configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SupervisedService<TService>>());
        return services;
    }

    private static HealthCheckRegistration Check(string name, string tag, Func<IServiceProvider, IHealthCheck> create) =>
        new(name, create, failureStatus: null, tags: [tag]);
}
