namespace AsyncGuard.Toolbox.Databases;

/// <summary>What a type of a provider is there for.</summary>
internal enum DatabaseRole
{
    Connection,
    ConnectionStringBuilder,
    DataSource,
}

internal readonly record struct DatabaseType(DatabaseProvider Provider, DatabaseRole Role);

/// <summary>Types that have a timeout of their own: ORMs, static defaults, sessions.</summary>
internal static class TimeoutOwner
{
    public static ImmutableArray<string> Names { get; } =
    [
        "Dapper.SqlMapper+Settings",
        "LinqToDB.Data.DataConnection",
        "LinqToDB.DataContext",
        "Microsoft.Data.Sqlite.SqliteConnection",
        "Oracle.ManagedDataAccess.Client.OracleConnection",
        "Oracle.ManagedDataAccess.Client.OracleConfiguration",
        "System.Data.Entity.Database",
        "Marten.StoreOptions",
        "Marten.Services.SessionOptions",
    ];
}
