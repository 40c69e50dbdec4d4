namespace AsyncGuard;

/// <summary>Whose connection string it is: the drivers spell the same setting differently and reject each other's words.</summary>
public enum DatabaseKind
{
    /// <summary>Npgsql.</summary>
    PostgreSql,

    /// <summary>Microsoft.Data.SqlClient. (System.Data.SqlClient rejects <c>Command Timeout</c>; set it on the command there.)</summary>
    SqlServer,

    /// <summary>MySqlConnector and MySql.Data.</summary>
    MySql,
}
