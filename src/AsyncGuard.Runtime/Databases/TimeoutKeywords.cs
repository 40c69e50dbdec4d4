namespace AsyncGuard;

/// <summary>One time limit in the language of one driver. The words are those that the drivers themselves took and refused; a test asks them again.</summary>
/// <param name="Keyword">What is written.</param>
/// <param name="Spellings">What the driver takes for the same setting.</param>
/// <param name="Strays">What other drivers call it and this one refuses.</param>
internal sealed record TimeoutKeywords(string Keyword, string[] Spellings, string[] Strays)
{
    public static TimeoutKeywords Connect(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => new("Timeout", ["Timeout"], ["Connect Timeout", "ConnectTimeout", "Connection Timeout", "ConnectionTimeout"]),
        DatabaseKind.SqlServer => new("Connect Timeout", ["Connect Timeout", "Connection Timeout", "Timeout", "ConnectTimeout"], ["ConnectionTimeout"]),
        _ => new("Connection Timeout", ["Connection Timeout", "ConnectionTimeout", "Connect Timeout"], ["Timeout", "ConnectTimeout"]),
    };

    public static TimeoutKeywords Command(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => new("Command Timeout", ["Command Timeout", "CommandTimeout"], ["Default Command Timeout", "DefaultCommandTimeout"]),
        DatabaseKind.SqlServer => new("Command Timeout", ["Command Timeout"], ["CommandTimeout", "Default Command Timeout", "DefaultCommandTimeout"]),
        _ => new("Default Command Timeout", ["Default Command Timeout", "DefaultCommandTimeout", "Command Timeout"], ["CommandTimeout"]),
    };

    public static TimeoutKeywords Lifetime(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => new("Connection Lifetime", ["Connection Lifetime", "ConnectionLifetime", "Load Balance Timeout"], ["LoadBalanceTimeout"]),
        DatabaseKind.SqlServer => new("Load Balance Timeout", ["Load Balance Timeout", "Connection Lifetime"], ["LoadBalanceTimeout", "ConnectionLifetime"]),
        _ => new("Connection Lifetime", ["Connection Lifetime", "ConnectionLifetime"], ["Load Balance Timeout", "LoadBalanceTimeout"]),
    };

    public static TimeoutKeywords PostgreSqlKeepalive { get; } = new("Keepalive", ["Keepalive"], ["Keep Alive"]);
}
