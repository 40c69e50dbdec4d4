namespace AuctionHouse;

public sealed class Auctions(DbDataSource database, Accounts accounts, ILogger<Auctions> logger)
{
    /// <summary>Closes every auction whose time is over and gives the item to the highest bidder.</summary>
    public async Task CloseExpiredAsync(CancellationToken cancellationToken)
    {
        foreach (var auction in await ExpiredAsync(cancellationToken))
        {
            var winner = await WinnerAsync(auction, cancellationToken);
            await using var close = database.Command("update auctions set closed_at = @0, winner = @1 where id = @2", Database.Now, winner, auction);
            await close.ExecuteNonQueryAsync(cancellationToken);
            logger.LogInformation("Auction {Auction} goes to {Winner}", auction, await accounts.NameAsync(winner, cancellationToken));
        }
    }

    private async Task<List<long>> ExpiredAsync(CancellationToken cancellationToken)
    {
        await using var find = database.Command("select id from auctions where ends_at <= @0 and closed_at is null order by id", Database.Now);
        await using var reader = await find.ExecuteReaderAsync(cancellationToken);
        var expired = new List<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            expired.Add(reader.GetInt64(0));
        }

        return expired;
    }

    private async Task<long> WinnerAsync(long auction, CancellationToken cancellationToken)
    {
        await using var find = database.Command("select account from bids where auction = @0 order by amount desc limit 1", auction);
        return (long?)await find.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException($"Nobody has bid in auction {auction}.");
    }
}
