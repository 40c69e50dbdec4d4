namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which relational providers are there? The tests hold each row against the provider's own assembly, where it is to be had.</summary>
internal static class DatabaseProviders
{
    public static DatabaseProvider Npgsql { get; } = new("Npgsql")
    {
        ConnectKeywords = ["Timeout"],
        CommandKeywords = ["Command Timeout", "CommandTimeout"],
        CancellationKeywords = ["Cancellation Timeout", "CancellationTimeout"],
        ConnectKeyword = "Timeout",
        CommandKeyword = "Command Timeout",
        ConnectProperty = "Timeout",
        CommandProperty = "CommandTimeout",
        MaxConnectSeconds = 1024,
        HonoursTokens = true,
        OptionsName = "npgsql",
        RuntimeKind = "PostgreSql",
        Connections = ["Npgsql.NpgsqlConnection"],
        ConnectionStringBuilders = ["Npgsql.NpgsqlConnectionStringBuilder"],
        DataSources = ["Npgsql.NpgsqlDataSource", "Npgsql.NpgsqlDataSourceBuilder", "Npgsql.NpgsqlSlimDataSourceBuilder"],
        Registrations =
        [
            "Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions::UseNpgsql",
            "Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsExtensions::UseNpgsql",
            "Microsoft.Extensions.DependencyInjection.NpgsqlServiceCollectionExtensions::AddNpgsql",
            "Microsoft.Extensions.DependencyInjection.NpgsqlServiceCollectionExtensions::AddNpgsqlDataSource",
            "LinqToDB.DataOptionsExtensions::UsePostgreSQL",
        ],
    };

    public static DatabaseProvider SqlClient { get; } = new("Microsoft.Data.SqlClient")
    {
        ConnectKeywords = ["Connect Timeout", "Connection Timeout", "Timeout", "ConnectTimeout"],
        CommandKeywords = ["Command Timeout"],
        ConnectKeyword = "Connect Timeout",
        CommandKeyword = "Command Timeout",
        ConnectProperty = "ConnectTimeout",
        CommandProperty = "CommandTimeout",
        HonoursTokens = true,
        OptionsName = "sqlServer",
        RuntimeKind = "SqlServer",
        Connections = ["Microsoft.Data.SqlClient.SqlConnection"],
        ConnectionStringBuilders = ["Microsoft.Data.SqlClient.SqlConnectionStringBuilder"],
        Registrations =
        [
            "Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions::UseSqlServer",
            "Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions::UseAzureSql",
            "Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions::UseAzureSynapse",
            "Microsoft.Extensions.DependencyInjection.SqlServerServiceCollectionExtensions::AddSqlServer",
            "LinqToDB.DataOptionsExtensions::UseSqlServer",
        ],
    };

    /// <summary>It knows no keyword for the commands: each has its own <c>CommandTimeout</c>.</summary>
    public static DatabaseProvider OldSqlClient { get; } = new("System.Data.SqlClient")
    {
        ConnectKeywords = ["Connect Timeout", "Connection Timeout", "Timeout"],
        ConnectKeyword = "Connect Timeout",
        ConnectProperty = "ConnectTimeout",
        HonoursTokens = true,
        Connections = ["System.Data.SqlClient.SqlConnection"],
        ConnectionStringBuilders = ["System.Data.SqlClient.SqlConnectionStringBuilder"],
    };

    public static DatabaseProvider MySqlConnector { get; } = new("MySqlConnector")
    {
        ConnectKeywords = ["Connection Timeout", "ConnectionTimeout", "Connect Timeout"],
        CommandKeywords = ["Default Command Timeout", "DefaultCommandTimeout", "Command Timeout"],
        ConnectKeyword = "Connection Timeout",
        CommandKeyword = "Default Command Timeout",
        ConnectProperty = "ConnectionTimeout",
        CommandProperty = "DefaultCommandTimeout",
        OptionsName = "mySql",
        RuntimeKind = "MySql",
        Connections = ["MySqlConnector.MySqlConnection"],
        ConnectionStringBuilders = ["MySqlConnector.MySqlConnectionStringBuilder"],
        DataSources = ["MySqlConnector.MySqlDataSource", "MySqlConnector.MySqlDataSourceBuilder"],
        Registrations = ["Microsoft.EntityFrameworkCore.MySqlDbContextOptionsBuilderExtensions::UseMySql", "LinqToDB.DataOptionsExtensions::UseMySql"],
    };

    public static DatabaseProvider MySqlData { get; } = MySqlConnector with
    {
        Name = "MySql.Data",
        ConnectsForEverAtZero = false,
        Connections = ["MySql.Data.MySqlClient.MySqlConnection"],
        ConnectionStringBuilders = ["MySql.Data.MySqlClient.MySqlConnectionStringBuilder"],
        DataSources = [],
        Registrations = ["Microsoft.EntityFrameworkCore.MySQLDbContextOptionsExtensions::UseMySQL"],
    };

    /// <summary>Its timeout bounds the wait for a lock, and nothing else.</summary>
    public static DatabaseProvider Sqlite { get; } = new("Microsoft.Data.Sqlite")
    {
        CommandKeywords = ["Default Timeout", "Command Timeout"],
        CommandKeyword = "Default Timeout",
        CommandProperty = "DefaultTimeout",
        IsEmbedded = true,
        Connections = ["Microsoft.Data.Sqlite.SqliteConnection"],
        ConnectionStringBuilders = ["Microsoft.Data.Sqlite.SqliteConnectionStringBuilder"],
        Registrations = ["Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions::UseSqlite", "LinqToDB.DataOptionsExtensions::UseSQLite"],
    };

    public static DatabaseProvider Firebird { get; } = new("FirebirdSql.Data.FirebirdClient")
    {
        ConnectKeywords = ["Connection Timeout", "ConnectionTimeout", "Timeout"],
        CommandKeywords = ["Command Timeout", "CommandTimeout"],
        ConnectKeyword = "Connection Timeout",
        CommandKeyword = "Command Timeout",
        ConnectProperty = "ConnectionTimeout",
        CommandProperty = "CommandTimeout",
        ConnectsForEverAtZero = false,
        OptionsName = "firebird",
        Connections = ["FirebirdSql.Data.FirebirdClient.FbConnection"],
        ConnectionStringBuilders = ["FirebirdSql.Data.FirebirdClient.FbConnectionStringBuilder"],
        Registrations = ["Microsoft.EntityFrameworkCore.FbDbContextOptionsBuilderExtensions::UseFirebird", "LinqToDB.DataOptionsExtensions::UseFirebird"],
    };

    /// <summary>No keyword for the commands either; what a connect timeout of 0 does is not documented.</summary>
    public static DatabaseProvider Oracle { get; } = new("Oracle.ManagedDataAccess")
    {
        ConnectKeywords = ["Connection Timeout", "Connect Timeout"],
        ConnectKeyword = "Connection Timeout",
        ConnectProperty = "ConnectionTimeout",
        ConnectsForEverAtZero = false,
        OptionsName = "oracle",
        Connections = ["Oracle.ManagedDataAccess.Client.OracleConnection"],
        ConnectionStringBuilders = ["Oracle.ManagedDataAccess.Client.OracleConnectionStringBuilder"],
        DataSources = ["Oracle.ManagedDataAccess.Client.OracleDataSource", "Oracle.ManagedDataAccess.Client.OracleDataSourceBuilder"],
        Registrations = ["Microsoft.EntityFrameworkCore.OracleDbContextOptionsExtensions::UseOracle", "LinqToDB.DataOptionsExtensions::UseOracle"],
    };

    public static ImmutableArray<DatabaseProvider> All { get; } = [Npgsql, SqlClient, OldSqlClient, MySqlConnector, MySqlData, Sqlite, Firebird, Oracle];
}
