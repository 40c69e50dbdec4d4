using Microsoft.Extensions.DependencyInjection;

namespace AsyncGuard.Hosting;

/// <summary>What <c>AddAsyncGuard</c> returns, to be built upon. Not thread-safe, as service collections are not.</summary>
public sealed class AsyncGuardBuilder
{
    internal AsyncGuardBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }
}
