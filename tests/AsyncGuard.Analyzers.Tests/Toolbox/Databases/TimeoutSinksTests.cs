using AsyncGuard.Support;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Toolbox.Databases;

public sealed class TimeoutSinksTests
{
    [Theory]
    [InlineData("command.CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("((System.Data.IDbCommand)command).CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("((System.Data.Common.DbCommand)command).CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("new NpgsqlBatch().Timeout = 5", "Command Timeout")]
    [InlineData("builder.Timeout = 5", "Connect Timeout")]
    [InlineData("builder.CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("builder.CancellationTimeout = 5", "Cancellation CancellationTimeout")]
    [InlineData("builder[\"Timeout\"] = 5", "Connect Timeout")]
    [InlineData("builder[\"commandtimeout\"] = 5", "Command commandtimeout")]
    [InlineData("builder[\"Cancellation Timeout\"] = 5", "Cancellation Cancellation Timeout")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnectionStringBuilder().ConnectTimeout = 5", "Connect ConnectTimeout")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnectionStringBuilder().CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("new MySqlConnector.MySqlConnectionStringBuilder().DefaultCommandTimeout = 5", "Command DefaultCommandTimeout")]
    [InlineData("new MySqlConnector.MySqlConnectionStringBuilder().ConnectionTimeout = 5", "Connect ConnectionTimeout")]
    [InlineData("new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder().DefaultTimeout = 5", "Command DefaultTimeout")]
    [InlineData("new Microsoft.Data.Sqlite.SqliteConnection().DefaultTimeout = 5", "Command DefaultTimeout")]
    [InlineData("new FirebirdSql.Data.FirebirdClient.FbConnectionStringBuilder().ConnectionTimeout = 5", "Connect ConnectionTimeout")]
    [InlineData("SqlMapper.Settings.CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("new LinqToDB.Data.DataConnection().CommandTimeout = 5", "Command CommandTimeout")]
    [InlineData("new DataOptions().UseCommandTimeout(5)", "Command commandTimeout")]
    [InlineData("any.Query(\"select 1\", commandTimeout: 5)", "Command commandTimeout")]
    [InlineData("any.Query(\"select 1\", null, null, true, 5)", "Command commandTimeout")]
    [InlineData("any.ExecuteAsync(\"select 1\", commandTimeout: 5)", "Command commandTimeout")]
    [InlineData("SqlMapper.Execute(any, \"select 1\", commandTimeout: 5)", "Command commandTimeout")]
    [InlineData("new CommandDefinition(\"select 1\", commandTimeout: 5)", "Command commandTimeout")]
    public void Knows_a_timeout(string expression, string expected)
    {
        var (operation, databases) = DatabaseCode.Of(expression);
        var sink = Assert.NotNull(databases.Sinks.Of(Inner(operation)));
        Assert.Equal(expected, $"{sink.Kind} {sink.Name}");
        Assert.Equal(5, Convert.ToInt32(sink.Value.ConstantValue.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("command.CommandText = \"\"")]
    [InlineData("builder.Host = \"\"")]
    [InlineData("builder.KeepAlive = 5")]
    [InlineData("builder[\"Host\"] = \"\"")]
    [InlineData("builder[given] = 5")]
    [InlineData("new System.Net.Http.HttpClient().Timeout = TimeSpan.Zero")]
    [InlineData("new Microsoft.Data.SqlClient.SqlBulkCopy(given).BulkCopyTimeout = 5")]
    [InlineData("any.Query(\"select 1\")")]
    [InlineData("new CommandDefinition(\"select 1\")")]
    [InlineData("context.Database.GetCommandTimeout()")]
    public void Knows_what_is_none(string expression)
    {
        var (operation, databases) = DatabaseCode.Of(expression);
        Assert.Null(databases.Sinks.Of(Inner(operation)));
    }

    [Theory]
    [InlineData("command.CommandTimeout = 0", true)]
    [InlineData("command.CommandTimeout = int.MaxValue", true)]
    [InlineData("command.CommandTimeout = 604800", true)]
    [InlineData("command.CommandTimeout = 604799", false)]
    [InlineData("command.CommandTimeout = 1 - 1", true)]
    [InlineData("command.CommandTimeout = -1", false)]
    [InlineData("command.CommandTimeout = Timeout.Infinite", false)]
    [InlineData("command.CommandTimeout = given.Length", false)]
    [InlineData("new MySqlConnector.MySqlConnectionStringBuilder().ConnectionTimeout = 0u", true)]
    [InlineData("builder[\"Timeout\"] = \"0\"", false)]
    public void Knows_what_is_for_ever(string expression, bool expected)
    {
        var (operation, databases) = DatabaseCode.Of(expression);
        Assert.Equal(expected, Forever.Is(Assert.NotNull(databases.Sinks.Of(Inner(operation))).Value));
    }

    [Theory]
    [InlineData("Timeout.InfiniteTimeSpan", true)]
    [InlineData("TimeSpan.Zero", true)]
    [InlineData("TimeSpan.FromDays(7)", true)]
    [InlineData("TimeSpan.FromHours(200)", true)]
    [InlineData("TimeSpan.FromMinutes(0)", true)]
    [InlineData("TimeSpan.FromSeconds(604800)", true)]
    [InlineData("TimeSpan.FromDays(6)", false)]
    [InlineData("TimeSpan.FromMilliseconds(500)", false)]
    [InlineData("TimeSpan.FromSeconds(given.Length)", false)]
    [InlineData("TimeSpan.FromSeconds('a')", false)]
    [InlineData("TimeSpan.MaxValue", false)]
    [InlineData("new TimeSpan(0)", false)]
    public void Knows_which_span_is_for_ever(string expression, bool expected) => Assert.Equal(expected, Forever.Is(Inner(DatabaseCode.Of(expression).Operation)));

    private static IOperation Inner(IOperation operation) => operation.Bare();
}
