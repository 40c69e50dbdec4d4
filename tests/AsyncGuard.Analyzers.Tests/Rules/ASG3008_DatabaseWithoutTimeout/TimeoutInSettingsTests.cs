using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>ASG3008 in <c>appsettings.json</c>.</summary>
public sealed class TimeoutInSettingsTests : SettingsFileTests<DatabaseWithoutTimeoutAnalyzer, TimeoutInSettingsFix>
{
    private const string NoCode = "";
    private const string Unchosen = """{ "ConnectionStrings": { "Main": [|"Host=a;Database=b"|] } }""";
    private const string Chosen = """{ "ConnectionStrings": { "Main": "Host=a;Database=b;Timeout=10;Command Timeout=30" } }""";
    private const string Left = """{ "ConnectionStrings": { "Main": "Host=a;Database=b" } }""";

    [Fact]
    public Task Appends_the_timeouts_of_the_only_provider() => FixesAsync(Unchosen, Chosen, NoCode, Drivers.Npgsql);

    [Fact]
    public Task Appends_behind_a_semicolon() => FixesAsync(
        """{ "Db": [|"Server=a;Database=b;"|], "ConnectionStrings": { "Main": [|"Server=a;Database=b;Pooling=true; "|] } }""",
        """{ "Db": "Server=a;Database=b;Connect Timeout=10;Command Timeout=30", "ConnectionStrings": { "Main": "Server=a;Database=b;Pooling=true; Connect Timeout=10;Command Timeout=30" } }""",
        NoCode,
        Drivers.SqlClient);

    [Theory]
    [InlineData("new Npgsql.NpgsqlConnection(c.GetConnectionString(\"Main\"))")]
    [InlineData("new Npgsql.NpgsqlConnection(c[\"ConnectionStrings:Main\"])")]
    [InlineData("new Npgsql.NpgsqlConnection(c.GetSection(\"ConnectionStrings\")[\"main\"])")]
    [InlineData("Npgsql.NpgsqlDataSource.Create(c.GetConnectionString(\"Main\") ?? \"\")")]
    [InlineData("new DbContextOptionsBuilder().UseNpgsql(c.GetConnectionString(\"Main\"))")]
    public Task Takes_the_provider_from_the_code_that_asks_for_the_name(string use) => FixesAsync(
        Unchosen,
        Chosen,
        $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Configuration;

        object Open(IConfiguration c) => {{use}};
        """,
        Drivers.EfNpgsql, Drivers.MySqlConnector, Drivers.Configuration);

    [Fact]
    public Task Is_silent_where_the_provider_is_anyone_s_guess() => SilentAsync(Left, NoCode, Drivers.Npgsql, Drivers.MySqlConnector);

    [Fact]
    public Task Is_silent_where_the_code_that_asks_for_it_chooses() => SilentAsync(
        Left,
        """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Configuration;

        object Open(IConfiguration c)
        {
            var text = c.GetConnectionString("Main");
            return new DbContextOptionsBuilder().UseNpgsql(text, npgsql => npgsql.CommandTimeout(5));
        }
        """,
        Drivers.EfNpgsql, Drivers.Configuration);

    [Fact]
    public Task Is_silent_where_code_with_a_string_from_somewhere_chooses() => SilentAsync(
        Left,
        """
        using Microsoft.EntityFrameworkCore;

        object Open(string text) => new DbContextOptionsBuilder().UseNpgsql(text, npgsql => npgsql.CommandTimeout(5));
        """,
        Drivers.EfNpgsql);

    [Theory]
    [InlineData("Host=a;Database=b;Timeout=5")]
    [InlineData("Host=a;Database=b;Command Timeout=5")]
    [InlineData("Host=a;Database=b;Connect Timeout=5")]
    [InlineData("host=a;virtualHost=b;username=guest")]
    [InlineData("Endpoint=sb://a;SharedAccessKeyName=b")]
    [InlineData("amqp://guest:guest@localhost?heartbeat=5")]
    [InlineData("localhost:6379,abortConnect=false")]
    [InlineData("Server=:memory:;Database=b")]
    [InlineData("")]
    [InlineData("Host=a;Database='b")]
    public Task Is_silent_for_the_string(string text) => SilentAsync($$"""{ "ConnectionStrings": { "Main": "{{text}}" } }""", NoCode, Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_Sqlite() => SilentAsync("""{ "ConnectionStrings": { "Main": "Data Source=a;Database=b" } }""", NoCode, Drivers.Sqlite);

    [Fact]
    public Task Is_silent_in_another_file() => SilentAsync("{}", NoCode, Drivers.Npgsql, Has.File("other.json", Left));

    [Fact]
    public Task Reports_the_string_and_not_the_code_that_asks_for_it_by_name() => FixesAsync(
        Unchosen,
        Chosen,
        """
        using Microsoft.Extensions.Configuration;

        object Open(IConfiguration c) => new Npgsql.NpgsqlConnection(c.GetConnectionString("Main"));
        """,
        Drivers.Npgsql, Drivers.Configuration, Has.Option("asyncguard.ASG3008.report_unknown_configuration = true"));
}
