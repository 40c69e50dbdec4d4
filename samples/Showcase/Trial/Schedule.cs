using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AsyncGuard.Showcase.Trial;

/// <summary>What falls due when: for each job one item at the start and one every second, the same for both versions.</summary>
internal sealed record Schedule(int Seconds, int OutageAt, int TablesAwayAt, int OutageEnds, int PoisonAt)
{
    public const string PoisonAmount = "12.5O"; // the last sign is a letter

    private const int Breath = 4;

    /// <summary>28 s: normal for 8, locked for 3, without tables for 3, and time to recover: a pause between tries grows to 8.</summary>
    public static Schedule Default { get; } = new(Seconds: 28, OutageAt: 8, TablesAwayAt: 11, OutageEnds: 14, PoisonAt: 4);

    /// <summary>The poisoned deposit counts in neither sum: nobody can credit it.</summary>
    public int Due(Job job, TimeSpan elapsed)
    {
        var ticks = Math.Clamp((int)elapsed.TotalSeconds, 0, Seconds - Breath);
        return 1 + ticks - (job.Table == "deposits" && ticks >= PoisonAt ? 1 : 0);
    }

    public int Total(Job job) => Due(job, TimeSpan.MaxValue);

    /// <summary>What stands open when the house begins.</summary>
    public static async Task OpenAsync(SqliteConnection database, string schema, CancellationToken cancel)
    {
        await RunAsync(database, schema, cancel);
        await RunAsync(database, "insert into accounts values (1, 'Ada', 0), (2, 'Grace', 0), (3, 'Edsger', 0)", cancel);
        await RunAsync(database, Items(id: 0, due: 0, "20.00"), cancel);
    }

    public async Task FillAsync(SqliteConnection database, DateTimeOffset start, CancellationToken cancel)
    {
        var rows = Enumerable.Range(1, Seconds - Breath)
            .Select(second => Items(second, start.AddSeconds(second).ToUnixTimeMilliseconds(), second == PoisonAt ? PoisonAmount : "20.00"));
        await RunAsync(database, "begin immediate;\n" + string.Join('\n', rows) + "\ncommit;", cancel);
    }

    private static string Items(int id, long due, string amount) => string.Create(CultureInfo.InvariantCulture, $"""
        insert into auctions (id, item, ends_at) values ({id}, 'Lot {id}', {due});
        insert into bids values ({id}, {1 + (id % 3)}, {100 + id}), ({id}, {1 + ((id + 1) % 3)}, {90 + id});
        insert into presales (id, account, deadline) values ({id}, {1 + (id % 3)}, {due});
        insert into deposits (id, account, amount, arrived_at) values ({id}, {1 + (id % 3)}, '{amount}', {due});
        """);

    private static async Task RunAsync(SqliteConnection database, string sql, CancellationToken cancel)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
