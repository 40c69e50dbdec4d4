using AsyncGuard.Support;

namespace AsyncGuard.Toolbox.Databases;

public sealed class StringOriginsTests
{
    [Theory]
    [InlineData("\"Host=a\"", "Text Host=a")]
    [InlineData("\"Host=\" + given", "Text Host=?")]
    [InlineData("$\"Host={given}\"", "Text Host=?")]
    [InlineData("Constant", "Text Host=constant")]
    [InlineData("Subject.Constant", "Text Host=constant")]
    [InlineData("Constant + \";Port=1\"", "Text Host=constant;Port=1")]
    [InlineData("_readOnly", "Text Host=field")]
    [InlineData("local", "Text Host=local")]
    [InlineData("wrapped", "Text Host=wrapped")]
    [InlineData("Arrow", "Text Host=arrow")]
    [InlineData("Automatic", "Text Host=automatic")]
    [InlineData("configuration.GetConnectionString(\"Main\")", "Configuration Main")]
    [InlineData("configuration.GetConnectionString(\"Main\") ?? \"Host=a\"", "Configuration Main")]
    [InlineData("configuration.GetConnectionString(given)", "Configuration ")]
    [InlineData("configuration[\"ConnectionStrings:Main\"]", "Configuration Main")]
    [InlineData("configuration[\"connectionstrings:Main\"]", "Configuration Main")]
    [InlineData("configuration[\"Db\"]", "Configuration ")]
    [InlineData("configuration.GetSection(\"ConnectionStrings\")[\"Main\"]", "Configuration Main")]
    [InlineData("configuration.GetSection(\"Other\")[\"Main\"]", "Configuration ")]
    [InlineData("aliased", "Configuration Aliased")]
    [InlineData("Changing", "Configuration ")]
    [InlineData("Environment.GetEnvironmentVariable(\"DB\")", "Configuration ")]
    [InlineData("given", "Unknown ")]
    [InlineData("changed", "Unknown ")]
    [InlineData("_writable", "Unknown ")]
    [InlineData("given.Trim()", "Unknown ")]
    [InlineData("builder.ConnectionString", "Unknown ")]
    [InlineData("builder.ToString()", "Unknown ")]
    [InlineData("db.ConnectionString", "Unknown ")]
    [InlineData("(string)null", "Unknown ")]
    [InlineData("given == null ? local : Constant", "Unknown ")]
    public void A_string_comes_from(string expression, string expected)
    {
        var (operation, databases) = DatabaseCode.Of(expression);
        var origin = databases.Origins.Of(operation);
        Assert.Equal(expected, $"{origin.Kind} {origin.Text?.Text.Replace(ConnectionString.Hole, '?') ?? origin.Name}");
    }

    [Theory]
    [InlineData("new NpgsqlConnection(given)", "Npgsql Connection given")]
    [InlineData("new NpgsqlConnection()", "Npgsql Connection ")]
    [InlineData("new NpgsqlConnection { ConnectionString = given }.ConnectionString = local", "Npgsql Connection local")]
    [InlineData("new NpgsqlConnectionStringBuilder(given)", "Npgsql ConnectionStringBuilder given")]
    [InlineData("builder.ConnectionString = given", "Npgsql ConnectionStringBuilder given")]
    [InlineData("new NpgsqlDataSourceBuilder(given)", "Npgsql DataSource given")]
    [InlineData("NpgsqlDataSource.Create(given)", "Npgsql DataSource given")]
    [InlineData("new MySql.Data.MySqlClient.MySqlConnectionStringBuilder(given, true)", "MySql.Data ConnectionStringBuilder given")]
    [InlineData("new MySqlConnector.MySqlDataSource(given)", "MySqlConnector DataSource given")]
    [InlineData("new Microsoft.Data.SqlClient.SqlConnection(given, null)", "Microsoft.Data.SqlClient Connection given")]
    [InlineData("options.UseNpgsql(given)", "Npgsql Registration given")]
    [InlineData("NpgsqlDbContextOptionsBuilderExtensions.UseNpgsql(options, given, null)", "Npgsql Registration given")]
    [InlineData("options.UseSqlServer(given)", "Microsoft.Data.SqlClient Registration given")]
    [InlineData("options.UseAzureSql(given)", "Microsoft.Data.SqlClient Registration given")]
    [InlineData("options.UseSqlite(given)", "Microsoft.Data.Sqlite Registration given")]
    [InlineData("new DataOptions().UsePostgreSQL(given)", "Npgsql Registration given")]
    [InlineData("options.UseNpgsql(db)", "")]
    [InlineData("options.UseNpgsql()", "")]
    [InlineData("NpgsqlDataSource.Create(builder)", "")]
    [InlineData("new NpgsqlCommand(given)", "")]
    [InlineData("given.Trim()", "")]
    [InlineData("command.CommandText = given", "")]
    public void A_database_is_reached_by(string expression, string expected)
    {
        var (operation, databases) = DatabaseCode.Of(expression);
        var place = databases.Places.Of(operation.Bare());
        Assert.Equal(expected, place is { } found ? $"{found.Provider.Name} {found.Kind} {found.String?.Syntax}" : "");
    }
}
