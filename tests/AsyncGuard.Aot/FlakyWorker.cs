using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Aot;

/// <summary>Fails the first time.</summary>
internal sealed class FlakyWorker(Journal journal) : BackgroundService
{
    private static int Instances;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Interlocked.Increment(ref Instances) == 1)
        {
            throw new InvalidOperationException("The first instance always fails.");
        }

        journal.WorkerRestarted.TrySetResult();
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }
}
