namespace AsyncGuard.Toolbox.Databases;

/// <summary>The options that the database rules share.</summary>
internal static class TimeoutSettings
{
    /// <summary>What fixes write for a command.</summary>
    public static Setting<int> CommandSeconds { get; } = Setting.Seconds("command_timeout_seconds", fallback: 30);

    /// <summary>What fixes write for a connect.</summary>
    public static Setting<int> ConnectSeconds { get; } = Setting.Seconds("connect_timeout_seconds", fallback: 10);

    /// <summary>Names of code and of connection strings that may take as long as they like.</summary>
    public static Setting<NamePattern> MaintenancePattern { get; } = Setting.Pattern("maintenance_pattern", fallback: "Migration|Maintenance|Seeder|Backup");
}
