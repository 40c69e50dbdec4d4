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

    [Fact]
    public Task Logs_with_the_service_s_own_logger() => FixesAsync(
        """
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        class AuctionsChecker(ILogger<AuctionsChecker> log) : BackgroundService
        {
            private readonly ILogger _log = log;

            protected override async Task [|ExecuteAsync|](CancellationToken stoppingToken)
            {
                await System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
            }
        }
        """,
        """
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        class AuctionsChecker(ILogger<AuctionsChecker> log) : BackgroundService
        {
            private readonly ILogger _log = log;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
                do
                {
                    try
                    {
                        await System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        _log.LogError(ex, "AuctionsChecker failed; it goes on");
                    }
                }
                while (await timer.WaitForNextTickAsync(stoppingToken));
            }
        }
        """,
        Hosting);

    [Fact]
    public Task Is_not_fixed_where_the_work_returns_a_task_of_its_own_choice() => NotFixedAsync(
        """
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            protected override Task [|ExecuteAsync|](CancellationToken stoppingToken)
            {
                if (DateTime.Now.Day > 20)
                {
                    return Task.CompletedTask;
                }

                return System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
            }
        }
        """,
        Hosting);
}
