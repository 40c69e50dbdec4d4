using System.Globalization;

namespace AuctionHouse;

/// <summary>Who takes part, what they own, and what they have reserved before a sale.</summary>
public sealed class Accounts(DbDataSource database)
{
    public async Task<string> NameAsync(long account, CancellationToken cancellationToken)
    {
        await using var find = database.Command("select name from accounts where id = @0", account);
        return (string?)await find.ExecuteScalarAsync(cancellationToken) ?? throw new KeyNotFoundException($"There is no account {account}.");
    }

    public async Task CreditAsync(long account, string amount, CancellationToken cancellationToken)
    {
        var coins = decimal.Parse(amount, CultureInfo.InvariantCulture);
        await using var credit = database.Command("update accounts set balance = balance + @0 where id = @1", coins, account);
        await credit.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Gives back what was reserved and not paid in time.</summary>
    public async Task<int> ExpirePresalesAsync(CancellationToken cancellationToken)
    {
        await using var expire = database.Command("update presales set expired_at = @0 where deadline <= @0 and expired_at is null", Database.Now);
        return await expire.ExecuteNonQueryAsync(cancellationToken);
    }
}
