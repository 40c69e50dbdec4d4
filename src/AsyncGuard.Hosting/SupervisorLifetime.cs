using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Hosting;

/// <summary>Ties the supervisor to the host: they stop together, whichever stops first.</summary>
internal sealed class SupervisorLifetime(Supervisor supervisor, IHostApplicationLifetime application) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Supervisor.Default = supervisor;
        supervisor.Completion.ContinueWith(_ => StopApplication(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => supervisor.StopAsync(cancellationToken);

    /// <summary>A host that stops because of a failed service ends with exit code 0 on most platforms, and no orchestrator starts it again.</summary>
    private void StopApplication()
    {
        Environment.ExitCode = 1;
        application.StopApplication();
    }
}
