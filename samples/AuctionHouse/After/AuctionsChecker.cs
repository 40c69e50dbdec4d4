namespace AuctionHouse;

public sealed class AuctionsChecker(Auctions auctions, ILogger<AuctionsChecker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = Supervisor.Default.Every("AuctionsChecker", Interval, async ct =>
        {
            logger.LogDebug("Looking for auctions that are over");
            await auctions.CloseExpiredAsync(ct);
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
