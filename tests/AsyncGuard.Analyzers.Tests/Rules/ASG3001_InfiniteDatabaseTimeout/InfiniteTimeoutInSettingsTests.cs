using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>ASG3001 in <c>appsettings.json</c>.</summary>
public sealed class InfiniteTimeoutInSettingsTests : SettingsFileTests<InfiniteDatabaseTimeoutAnalyzer, InfiniteTimeoutInSettingsFix>
{
    private const string NoCode = "";

    [Theory]
    [InlineData("[|Timeout=0|]", "Timeout=10")]
    [InlineData("[|Command Timeout=0|]", "Command Timeout=30")]
    [InlineData("[|CommandTimeout=0|]", "CommandTimeout=30")]
    [InlineData("[|Command Timeout=700000|]", "Command Timeout=30")]
    [InlineData("[|Timeout=0|];[|Command Timeout=0|]", "Timeout=10;Command Timeout=30")]
    [InlineData("[|Cancellation Timeout=0|]", "Cancellation Timeout=2000")]
    [InlineData("Password=\\\"a;b\\\";[|Timeout=0|]", "Password=\\\"a;b\\\";Timeout=10")]
    [InlineData("Host=C:\\\\x;[|Timeout\\u003d0|]", "Host=C:\\\\x;Timeout=10")]
    public Task Limits_the_string(string text, string limited) => FixesAsync(
        $$"""{ "ConnectionStrings": { "Main": "Host=a;{{text}}" } }""",
        $$"""{ "ConnectionStrings": { "Main": "Host=a;{{limited}}" } }""",
        NoCode,
        Drivers.Npgsql);

    [Fact]
    public Task Finds_the_section_at_any_depth_and_strings_that_look_like_it() => FixesAsync(
        """
        {
          // comments and trailing commas are allowed
          "Logging": { "Level": "Warning=0" },
          "Shop": { "Orders": { "connectionstrings": { "Main": "[|Timeout=0|]" } } },
          "ConnectionStrings:Flat": "[|Timeout=0|]",
          "Other": [ "Host=a;Database=b;[|Timeout=0|]", "Timeout=0", 5, true, null ],
          "Legacy": { "Text": "Data Source=a;[|Timeout=0|]" },
        }
        """,
        """
        {
          // comments and trailing commas are allowed
          "Logging": { "Level": "Warning=0" },
          "Shop": { "Orders": { "connectionstrings": { "Main": "Timeout=10" } } },
          "ConnectionStrings:Flat": "Timeout=10",
          "Other": [ "Host=a;Database=b;Timeout=10", "Timeout=0", 5, true, null ],
          "Legacy": { "Text": "Data Source=a;Timeout=10" },
        }
        """,
        NoCode,
        Drivers.Npgsql);

    [Fact]
    public Task Knows_no_provider_among_several() => FixesAsync(
        """{ "ConnectionStrings": { "A": "Server=a;[|Connect Timeout=0|]", "B": "[|Default Command Timeout=0|]", "C": "[|Timeout=0|]" } }""",
        """{ "ConnectionStrings": { "A": "Server=a;Connect Timeout=10", "B": "Default Command Timeout=30", "C": "Timeout=10" } }""",
        NoCode,
        Drivers.Npgsql, Drivers.MySqlConnector);

    [Fact]
    public Task Takes_the_provider_from_the_code_that_asks_for_the_name() => FixesAsync(
        """{ "ConnectionStrings": { "A": "Server=a;Connection Timeout=0", "B": "Host=a;[|Timeout=0|]" } }""",
        """{ "ConnectionStrings": { "A": "Server=a;Connection Timeout=0", "B": "Host=a;Timeout=10" } }""",
        """
        using Microsoft.Extensions.Configuration;

        object A(IConfiguration c) => new MySql.Data.MySqlClient.MySqlConnection(c.GetConnectionString("A"));
        object B(IConfiguration c) => new Npgsql.NpgsqlConnection(c.GetConnectionString("b"));
        """,
        Drivers.Npgsql, Drivers.MySqlData, Drivers.Configuration);

    [Theory]
    [InlineData("Host=a")]
    [InlineData("Host=a;Timeout=5")]
    [InlineData("Host=a;Connect Timeout=0")]
    [InlineData("Host=a;Keepalive=0")]
    [InlineData("localhost:6379,connectTimeout=0")]
    [InlineData("Host=a;Password='Timeout=0'")]
    [InlineData("Host=a;Timeout=0'")]
    public Task Is_silent_for_the_string(string text) => SilentAsync(
        $$"""{ "ConnectionStrings": { "Main": "{{text}}" } }""", NoCode, Drivers.Npgsql);

    [Theory]
    [InlineData("Migrations")]
    [InlineData("BackupDatabase")]
    public Task Is_silent_for_a_name_of_maintenance(string name) => SilentAsync(
        $$"""{ "ConnectionStrings": { "{{name}}": "Host=a;Timeout=0" } }""", NoCode, Drivers.Npgsql);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{ \"ConnectionStrings\": { \"Main\" \"Host=a;Timeout=0\" } }")]
    [InlineData("{ \"ConnectionStrings\": { \"Main\": \"Host=a;Timeout=0")]
    [InlineData("{ \"ConnectionStrings\": { : \"Host=a;Timeout=0\" } }")]
    [InlineData("{ \"ConnectionStrings\": [ } \"Host=a;Timeout=0\" ] }")]
    [InlineData("/* { \"ConnectionStrings\": { \"Main\": \"Host=a;Timeout=0\" } }")]
    [InlineData("\"Host=a;Timeout=0")]
    [InlineData("\\")]
    public Task Is_silent_for_a_malformed_file(string json) => SilentAsync(json, NoCode, Drivers.Npgsql);

    [Fact]
    public Task Reads_a_malformed_file_up_to_its_mistake() => FixesAsync(
        """{ "ConnectionStrings": { "A": "[|Timeout=0|]", ? "B": "Timeout=0" } }""",
        """{ "ConnectionStrings": { "A": "Timeout=10", ? "B": "Timeout=0" } }""",
        NoCode,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_without_a_provider() => SilentAsync("""{ "ConnectionStrings": { "Main": "Host=a;Timeout=0" } }""", NoCode);
}
