namespace AuctionHouse;

public sealed class PresaleChecker(Accounts accounts, ILogger<PresaleChecker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = Supervisor.Default.Every("PresaleChecker", Interval, async ct =>
        {
            var expired = await accounts.ExpirePresalesAsync(ct);
            if (expired > 0)
            {
                logger.LogInformation("{Count} presales have expired", expired);
            }
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
