using System.Data.Common;

namespace AsyncGuard.Databases;

/// <summary>The words for time limits are asked of the drivers themselves.</summary>
public sealed class DriverKeywordTests
{
    public static TheoryData<DatabaseKind, string> Drivers() => new()
    {
        { DatabaseKind.PostgreSql, "Npgsql" },
        { DatabaseKind.SqlServer, "SqlClient" },
        { DatabaseKind.MySql, "MySqlConnector" },
        { DatabaseKind.MySql, "MySql.Data" },
    };

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Writes_only_what_the_driver_takes(DatabaseKind kind, string driver)
    {
        var builder = Builder(driver);
        builder.ConnectionString = DatabaseTimeouts.Apply("Server=db", kind);

        string[] values = [.. builder.Values.Cast<object>().Select(value => value.ToString()!)];
        Assert.Superset(new HashSet<string> { "10", "30", "300" }, values.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void Knows_what_the_driver_takes_and_what_it_refuses(DatabaseKind kind, string driver)
    {
        string[] words = ["Timeout", "Connect Timeout", "ConnectTimeout", "Connection Timeout", "ConnectionTimeout", "Command Timeout", "CommandTimeout",
            "Default Command Timeout", "DefaultCommandTimeout", "Connection Lifetime", "ConnectionLifetime", "Load Balance Timeout", "LoadBalanceTimeout"];

        foreach (var word in words)
        {
            var given = $"{word}=7";
            if (Takes(driver, given))
            {
                Assert.DoesNotContain(DatabaseTimeouts.Apply(given, kind).Split(';').Skip(1), other => Means(driver, other.Split('=')[0], word));
            }
            else
            {
                Assert.Throws<ArgumentException>(() => DatabaseTimeouts.Apply(given, kind));
            }
        }
    }

    private static bool Takes(string driver, string connectionString)
    {
        try
        {
            Builder(driver).ConnectionString = connectionString;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Two words mean the same setting when the driver takes the second for the first.</summary>
    private static bool Means(string driver, string one, string other)
    {
        var builder = Builder(driver);
        builder.ConnectionString = $"{one}=7;{other}=8";
        return builder[one].ToString() == "8";
    }

    private static DbConnectionStringBuilder Builder(string driver) => driver switch
    {
        "Npgsql" => new Npgsql.NpgsqlConnectionStringBuilder(),
        "SqlClient" => new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(),
        "MySqlConnector" => new MySqlConnector.MySqlConnectionStringBuilder(),
        _ => new MySql.Data.MySqlClient.MySqlConnectionStringBuilder(),
    };
}
