using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class RunOnceServiceFixTests : RuleTests<RunOnceServiceAnalyzer, RunOnceServiceFix>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Fact]
    public Task Supervises_the_work_every_minute() => FixesAsync(
        RunOnceServiceFix.Supervise,
        """
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            protected override async Task [|ExecuteAsync|](CancellationToken stoppingToken)
            {
                // all that are over
                await System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
            }
        }
        """,
        """
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                var loop = AsyncGuard.Supervisor.Default.Every("AuctionsChecker", TimeSpan.FromMinutes(1), async ct =>
                {
                    // all that are over
                    await System.IO.File.WriteAllTextAsync("closed", "1", ct);
                });
                try
                {
                    await loop.Completion.WaitAsync(stoppingToken);
                }
                finally
                {
                    await loop.StopAsync(CancellationToken.None);
                }
            }
        }
        """,
        Hosting, Has.Runtime);

    [Fact]
    public Task Repeats_the_work_at_the_interval_that_the_service_owns() => FixesAsync(
        """
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            private const int IntervalSeconds = 30;

            protected override Task [|ExecuteAsync|](CancellationToken stoppingToken) => System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
        }
        """,
        """
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            private const int IntervalSeconds = 30;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(IntervalSeconds));
                do
                {
                    try
                    {
                        await System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        Console.Error.WriteLine(ex);
                    }
                }
                while (await timer.WaitForNextTickAsync(stoppingToken));
            }
        }
        """,
        Hosting);
}
