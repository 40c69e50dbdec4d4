using Microsoft.Extensions.DependencyInjection;

namespace AsyncGuard;

/// <summary>Wraps work on a service into a dependency injection scope of its own.</summary>
internal static class Scoped
{
    public const string NoServices = "no services: set SupervisorOptions.Services, or let a host set it with AddAsyncGuard";

    /// <exception cref="InvalidOperationException">There are no services.</exception>
    public static Func<CancellationToken, Task> Body<TService>(IServiceProvider? services, Func<TService, CancellationToken, Task> work)
        where TService : notnull
    {
        var scopes = services?.GetRequiredService<IServiceScopeFactory>() ?? throw new InvalidOperationException($"There are {NoServices}.");
        return async cancellationToken =>
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await work(scope.ServiceProvider.GetRequiredService<TService>(), cancellationToken).ConfigureAwait(false);
            }
        };
    }
}
