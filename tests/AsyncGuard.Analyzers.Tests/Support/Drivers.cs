using System.Reflection;

namespace AsyncGuard.Support;

/// <summary>The database libraries that snippets compile against.</summary>
internal static class Drivers
{
    public static Given Npgsql { get; } = Has.Library(typeof(Npgsql.NpgsqlConnection));

    public static Given SqlClient { get; } = Has.Library(typeof(Microsoft.Data.SqlClient.SqlConnection));

    /// <summary>By name: every type of it is obsolete.</summary>
    public static Given OldSqlClient { get; } = Has.Library(Assembly.Load("System.Data.SqlClient").GetType("System.Data.SqlClient.SqlConnection", throwOnError: true)!);

    public static Given MySqlConnector { get; } = Has.Library(typeof(MySqlConnector.MySqlConnection));

    public static Given MySqlData { get; } = Has.Library(typeof(MySql.Data.MySqlClient.MySqlConnection));

    public static Given Sqlite { get; } = Has.Library(typeof(Microsoft.Data.Sqlite.SqliteConnection));

    public static Given Firebird { get; } = Has.Library(typeof(FirebirdSql.Data.FirebirdClient.FbConnection));

    public static Given Dapper { get; } = Has.Library(typeof(Dapper.SqlMapper));

    public static Given Linq2Db { get; } = Has.Library(typeof(LinqToDB.DataOptions));

    public static Given EfNpgsql { get; } = Has.Library(typeof(Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions));

    public static Given EfSqlServer { get; } = Has.Library(typeof(Microsoft.EntityFrameworkCore.SqlServerDbContextOptionsExtensions));

    public static Given EfSqlite { get; } = Has.Library(typeof(Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions));

    public static Given Configuration { get; } = Has.Library(typeof(Microsoft.Extensions.Configuration.ConfigurationExtensions));
}
