namespace AuctionHouse;

public sealed class PresaleChecker(Accounts accounts, ILogger<PresaleChecker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var expired = await accounts.ExpirePresalesAsync(stoppingToken);
                if (expired > 0)
                {
                    logger.LogInformation("{Count} presales have expired", expired);
                }

                await Task.Delay(Interval, stoppingToken);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The presale checker has failed");
        }
    }
}
