using Npgsql;

namespace Consumer;

sealed class Store
{
    readonly NpgsqlDataSource _data = NpgsqlDataSource.Create("Host=db;Database=shop"); // ASG3008

    public async Task<int> CountAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await using var command = _data.CreateCommand("select count(*) from auction");
        command.CommandTimeout = 0; // ASG3001
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
