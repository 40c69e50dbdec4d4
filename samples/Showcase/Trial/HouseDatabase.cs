using Microsoft.Data.Sqlite;

namespace AsyncGuard.Showcase.Trial;

/// <summary>A house's file, as the showcase sees it from outside.</summary>
internal sealed class HouseDatabase(string folder)
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "auctionhouse.db"),
        DefaultTimeout = 5,
        Pooling = false,
    }.ConnectionString;

    public async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>How many items of each job are done; <see langword="null"/> while the database does not say.</summary>
    public async Task<ImmutableArray<int>?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await CountAsync(cancel);
        }
        catch (SqliteException) // the outage is the showcase's own doing
        {
            return null;
        }
    }

    /// <summary>What a maintenance job does that goes wrong: it keeps the database locked, and then the tables are away.</summary>
    public async Task BreakAsync(Func<Task> untilTablesGo, Func<Task> untilTheyReturn, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await RunAsync(connection, "begin exclusive", cancel);
        await untilTablesGo();
        await RunAsync(connection, "alter table auctions rename to auctions_old; alter table presales rename to presales_old; alter table deposits rename to deposits_old; commit", cancel);
        await untilTheyReturn();
        await RunAsync(connection, "begin exclusive; alter table auctions_old rename to auctions; alter table presales_old rename to presales; alter table deposits_old rename to deposits; commit", cancel);
    }

    private async Task<ImmutableArray<int>> CountAsync(CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 1;
        command.CommandText = "select (select count(closed_at) from auctions), (select count(expired_at) from presales), (select count(credited_at) from deposits)";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return [reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)];
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
