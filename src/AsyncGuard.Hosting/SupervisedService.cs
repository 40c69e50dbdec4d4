using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AsyncGuard.Hosting;

/// <summary>The hosted service that stands where a background service stood, and runs one instance of it after another.</summary>
internal sealed class SupervisedService<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TService>(
    Supervisor supervisor, IServiceProvider services, IOptionsMonitor<SupervisionOptions> options) : IHostedService
    where TService : BackgroundService
{
    private SupervisedTask? _task;

    public static string TaskName { get; } = NameOf(typeof(TService));

    private SupervisionOptions Options => options.Get(TaskName);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _task = supervisor.Loop(TaskName, RunAsync, Options);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _task?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var service = ActivatorUtilities.CreateInstance<TService>(services);
        try
        {
            await service.StartAsync(cancellationToken).ConfigureAwait(false);
            await RunUntilStoppedAsync(service, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(service).ConfigureAwait(false);
        }

        if (!cancellationToken.IsCancellationRequested && Options.Restart.RestartWhenDone)
        {
            throw new UnexpectedReturnException(TaskName);
        }
    }

    private static async Task RunUntilStoppedAsync(TService service, CancellationToken cancellationToken)
    {
        var running = service.ExecuteTask ?? Task.CompletedTask;
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(true), cancelled))
        {
            await Task.WhenAny(running, cancelled.Task).ConfigureAwait(false);
        }

        try
        {
            // Services override it to end themselves or to clean up; a host would have called it.
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            // Its failure, where it has one, is the one that counts.
            await running.ConfigureAwait(false);
        }
    }

    private static async Task DisposeAsync(TService service)
    {
        if (service is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            service.Dispose();
        }
    }
}
