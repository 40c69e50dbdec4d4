using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consumer;

sealed class PresaleChecker(Store store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested) // ASG2001
        {
            await store.CountAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken);
        }
    }
}

sealed class WalletChecker(Store store, ILogger<WalletChecker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested) // ASG2002
            {
                await store.CountAsync(stoppingToken);
                await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken);
            }
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The wallets are no longer checked.");
        }
    }
}

sealed class AuctionsChecker(Store store) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) // ASG2003
    {
        await store.CountAsync(stoppingToken);
    }
}

sealed class DepositChecker(Store store, ILogger<DepositChecker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                logger.LogInformation("{Count} deposits", await store.CountAsync(stoppingToken));
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested) // ASG2007
            {
            }

            await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken);
        }
    }
}
