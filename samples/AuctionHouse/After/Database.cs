using Microsoft.Data.Sqlite;
using Npgsql;

namespace AuctionHouse;

/// <summary>A file for development and small houses, PostgreSQL in production.</summary>
public static class Database
{
    public static DbDataSource Open(IConfiguration configuration)
    {
        if (configuration["Database"] == "PostgreSql")
        {
            return NpgsqlDataSource.Create(configuration.GetConnectionString("AuctionHouse")!);
        }

        var file = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(configuration["data"] ?? ".", "auctionhouse.db"),
            DefaultTimeout = 2,
        };
        return SqliteFactory.Instance.CreateDataSource(file.ConnectionString);
    }

    public static async Task CreateTablesAsync(DbDataSource database)
    {
        await using var create = database.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "schema.sql")));
        await create.ExecuteNonQueryAsync();
    }

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>A command with its parameters named @0, @1 and so on.</summary>
    public static DbCommand Command(this DbDataSource database, string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{i}";
            parameter.Value = values[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
