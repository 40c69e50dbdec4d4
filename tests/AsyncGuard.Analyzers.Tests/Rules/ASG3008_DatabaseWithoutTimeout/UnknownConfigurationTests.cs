using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>ASG3008 where the string comes from configuration that the compilation cannot see.</summary>
public sealed class UnknownConfigurationTests : RuleTests<DatabaseWithoutTimeoutAnalyzer, DatabaseWithoutTimeoutFix>
{
    private const string ByRuntime = "Apply default timeouts to the connection string";

    private static readonly Given Strict = Has.Option("asyncguard.ASG3008.report_unknown_configuration = true");

    private static Given[] All => [Drivers.EfNpgsql, Drivers.Configuration, Strict];

    [Theory]
    [InlineData("{0}(text)", "{0}(text, npgsql => npgsql.CommandTimeout(30))")]
    [InlineData("{0}(text, o => o.EnableRetryOnFailure())", "{0}(text, o => o.EnableRetryOnFailure().CommandTimeout(30))")]
    [InlineData("{0}(text, o => {{ o.EnableRetryOnFailure(); }})", "{0}(text, o => {{ o.EnableRetryOnFailure(); o.CommandTimeout(30); }})")]
    [InlineData("{0}(text, (o) => o.EnableRetryOnFailure())", "{0}(text, (o) => o.EnableRetryOnFailure().CommandTimeout(30))")]
    public Task Sets_the_command_timeout_in_the_options(string call, string chosen) => FixesAsync(
        Register(call, "[|UseNpgsql|]"), Register(chosen, "UseNpgsql"), All);

    [Fact]
    public Task Adds_a_statement_to_a_lambda_of_several_lines() => FixesAsync(
        Register(
            """
            {0}(text, o =>
                {{
                    o.EnableRetryOnFailure();
                }})
            """,
            "[|UseNpgsql|]"),
        Register(
            """
            {0}(text, o =>
                {{
                    o.EnableRetryOnFailure();
                    o.CommandTimeout(30);
                }})
            """,
            "UseNpgsql"),
        All);

    [Fact]
    public Task Has_the_runtime_apply_the_timeouts() => FixesAsync(
        ByRuntime,
        Register("{0}(text)", "[|UseNpgsql|]"),
        Register("{0}(AsyncGuard.DatabaseTimeouts.Apply(text, AsyncGuard.DatabaseKind.PostgreSql))", "UseNpgsql"),
        [.. All, Has.Runtime]);

    [Fact]
    public Task Has_the_runtime_apply_the_timeouts_of_a_connection() => FixesAsync(
        """
        using Microsoft.Extensions.Configuration;

        object Open(IConfiguration configuration) => new [|Npgsql.NpgsqlConnection|](configuration.GetConnectionString("Main"));
        """,
        """
        using Microsoft.Extensions.Configuration;

        object Open(IConfiguration configuration) => new Npgsql.NpgsqlConnection(AsyncGuard.DatabaseTimeouts.Apply(configuration.GetConnectionString("Main"), AsyncGuard.DatabaseKind.PostgreSql));
        """,
        [.. All, Has.Runtime]);

    [Theory]
    [InlineData("configuration.GetConnectionString(\"Main\")")]
    [InlineData("configuration[\"ConnectionStrings:Main\"]")]
    [InlineData("configuration.GetSection(\"ConnectionStrings\")[\"Main\"]")]
    [InlineData("configuration.GetConnectionString(\"Main\") ?? throw new System.Exception()")]
    [InlineData("configuration.GetConnectionString(\"Main\")!")]
    [InlineData("System.Environment.GetEnvironmentVariable(\"DB\")")]
    [InlineData("options.Text")]
    public Task Reports_a_connection_from(string source) => ReportsAsync(
        $$"""
        using Microsoft.Extensions.Configuration;

        class Options { public string Text { get; set; } }
        object Open(IConfiguration configuration, Options options) => new [|Npgsql.NpgsqlConnection|]({{source}});
        """,
        All);

    [Fact]
    public Task Is_silent_unless_it_is_asked_to_report_it() => SilentAsync(
        Register("{0}(text)", "UseNpgsql"), Drivers.EfNpgsql, Drivers.Configuration);

    [Fact]
    public Task Is_silent_for_what_a_library_is_given() => SilentAsync(
        """
        private readonly string _text;
        Subject(string text) => _text = text;
        object Open(string text) => new Npgsql.NpgsqlConnection(text);
        object Again() => new Npgsql.NpgsqlConnection(_text);
        object Made() => new Npgsql.NpgsqlConnection(Make());
        string Make() => "";
        """,
        All);

    [Theory]
    [InlineData("{0}(text, o => o.CommandTimeout(5))")]
    [InlineData("{0}(text, o => o.EnableRetryOnFailure().CommandTimeout(5))")]
    [InlineData("{0}(text, o => Configure(o))")]
    [InlineData("{0}(text, Configure)")]
    public Task Is_silent_where_the_options_choose(string call) => SilentAsync(Register(call, "UseNpgsql"), All);

    private static string Register(string call, string method) =>
        $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Configuration;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

        static void Configure(NpgsqlDbContextOptionsBuilder options) { }
        void Use(DbContextOptionsBuilder options, IConfiguration configuration)
        {
            var text = configuration.GetConnectionString("Main");
            options.{{string.Format(System.Globalization.CultureInfo.InvariantCulture, call, method)}};
        }
        """;
}
