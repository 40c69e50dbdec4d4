namespace AuctionHouse;

/// <summary>Credits the deposits that have arrived in the house's wallet.</summary>
public sealed class Wallet(DbDataSource database, Accounts accounts, ILogger<Wallet> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task WatchAsync(CancellationToken cancellationToken = default)
    {
        var loop = Supervisor.Default.Every("Watch", Interval, async ct =>
        {
            foreach (var deposit in await ArrivedAsync(ct))
            {
                try
                {
                    await accounts.CreditAsync(deposit.Account, deposit.Amount, ct);
                    await MarkAsync(deposit, ct);
                    logger.LogInformation("Deposit {Deposit}: {Amount} for account {Account}", deposit.Id, deposit.Amount, deposit.Account);
                }
                catch (Exception ex)
                {
                    logger.LogError(ex, "Watch failed");
                }

                // The node answers ten requests a second.
                await Task.Delay(100, ct);
            }
        });
        try
        {
            await loop.Completion.WaitAsync(cancellationToken);
        }
        finally
        {
            await loop.StopAsync(CancellationToken.None);
        }
    }

    private async Task<List<Deposit>> ArrivedAsync(CancellationToken cancellationToken)
    {
        await using var find = database.Command("select id, account, amount from deposits where arrived_at <= @0 and credited_at is null order by id", Database.Now);
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        var arrived = new List<Deposit>();
        while (await reader.ReadAsync(cancellationToken))
        {
            arrived.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)));
        }

        return arrived;
    }

    private async Task MarkAsync(Deposit deposit, CancellationToken cancellationToken)
    {
        await using var mark = database.Command("update deposits set credited_at = @0 where id = @1", Database.Now, deposit.Id);
        await mark.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Deposit(long Id, long Account, string Amount);
}
