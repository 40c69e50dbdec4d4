using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class DatabaseWithoutTimeoutTests : RuleTests<DatabaseWithoutTimeoutAnalyzer, DatabaseWithoutTimeoutFix>
{
    [Theory]
    [InlineData("\"Host=a\"", "\"Host=a;Timeout=10;Command Timeout=30\"")]
    [InlineData("\"Host=a;\"", "\"Host=a;Timeout=10;Command Timeout=30\"")]
    [InlineData("\"Host=a; \"", "\"Host=a; Timeout=10;Command Timeout=30\"")]
    [InlineData("@\"Host=a\"", "@\"Host=a;Timeout=10;Command Timeout=30\"")]
    [InlineData("\"\"\"Host=a\"\"\"", "\"\"\"Host=a;Timeout=10;Command Timeout=30\"\"\"")]
    [InlineData("$\"Host={host};Port=1\"", "$\"Host={host};Port=1;Timeout=10;Command Timeout=30\"")]
    [InlineData("$\"Host={host}\"", "$\"Host={host};Timeout=10;Command Timeout=30\"")]
    [InlineData("\"Host=\" + host", "\"Host=\" + host + \";Timeout=10;Command Timeout=30\"")]
    [InlineData("\"Host=\" + host + \";Port=1\"", "\"Host=\" + host + \";Port=1;Timeout=10;Command Timeout=30\"")]
    [InlineData("\"Host=a;Keepalive=30;Cancellation Timeout=1000\"", "\"Host=a;Keepalive=30;Cancellation Timeout=1000;Timeout=10;Command Timeout=30\"")]
    public Task Sets_the_timeouts_in_the_string(string text, string chosen) => FixesAsync(
        $"object Open(string host) => new Npgsql.NpgsqlConnection([|{text}|]);",
        $"object Open(string host) => new Npgsql.NpgsqlConnection({chosen});",
        Drivers.Npgsql);

    [Theory]
    [InlineData("Npgsql.NpgsqlDataSource.Create({0})")]
    [InlineData("new Npgsql.NpgsqlDataSourceBuilder({0})")]
    [InlineData("new Npgsql.NpgsqlConnection {{ ConnectionString = {0} }}")]
    [InlineData("new Npgsql.NpgsqlConnectionStringBuilder({0}).ToString()", true)]
    public Task Sets_the_timeouts_in_the_string_of(string place, bool isBuilder = false) => FixesAsync(
        "object Make() => " + Put(isBuilder ? $"new Npgsql.NpgsqlConnection({place})" : place, "[|\"Host=a\"|]") + ";",
        "object Make() => " + Put(isBuilder ? $"new Npgsql.NpgsqlConnection({place})" : place, "\"Host=a;Timeout=10;Command Timeout=30\"") + ";",
        Drivers.Npgsql);

    [Fact]
    public Task Spells_the_timeouts_as_the_provider_does() => FixesAsync(
        """
        void Open()
        {
            _ = new Microsoft.Data.SqlClient.SqlConnection([|"Server=a"|]);
            _ = new MySqlConnector.MySqlConnection([|"Server=a"|]);
            _ = new MySql.Data.MySqlClient.MySqlConnection([|"Server=a"|]);
            _ = new FirebirdSql.Data.FirebirdClient.FbConnection([|"Database=a"|]);
        #pragma warning disable CS0618
            _ = new System.Data.SqlClient.SqlConnection([|"Server=a"|]);
        }
        """,
        """
        void Open()
        {
            _ = new Microsoft.Data.SqlClient.SqlConnection("Server=a;Connect Timeout=10;Command Timeout=30");
            _ = new MySqlConnector.MySqlConnection("Server=a;Connection Timeout=10;Default Command Timeout=30");
            _ = new MySql.Data.MySqlClient.MySqlConnection("Server=a;Connection Timeout=10;Default Command Timeout=30");
            _ = new FirebirdSql.Data.FirebirdClient.FbConnection("Database=a;Connection Timeout=10;Command Timeout=30");
        #pragma warning disable CS0618
            _ = new System.Data.SqlClient.SqlConnection("Server=a;Connect Timeout=10");
        }
        """,
        Drivers.SqlClient, Drivers.MySqlConnector, Drivers.MySqlData, Drivers.Firebird, Drivers.OldSqlClient);

    [Fact]
    public Task Sets_the_timeouts_of_a_registered_string() => FixesAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseNpgsql([|"Host=a"|], npgsql => npgsql.EnableRetryOnFailure());
        """,
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseNpgsql("Host=a;Timeout=10;Command Timeout=30", npgsql => npgsql.EnableRetryOnFailure());
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Sets_the_timeouts_of_a_string_in_a_variable_once() => FixesAsync(
        """
        const string Text = [|"Host=a"|];
        object A() => new Npgsql.NpgsqlConnection(Text);
        object B() => Npgsql.NpgsqlDataSource.Create(Text);
        void C()
        {
            string local = [|"Host=b"|];
            _ = new Npgsql.NpgsqlConnection(local);
            _ = new Npgsql.NpgsqlConnection(local);
        }
        """,
        """
        const string Text = "Host=a;Timeout=10;Command Timeout=30";
        object A() => new Npgsql.NpgsqlConnection(Text);
        object B() => Npgsql.NpgsqlDataSource.Create(Text);
        void C()
        {
            string local = "Host=b;Timeout=10;Command Timeout=30";
            _ = new Npgsql.NpgsqlConnection(local);
            _ = new Npgsql.NpgsqlConnection(local);
        }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Sets_the_timeouts_of_a_string_of_several_lines() => FixesAsync(
        """
        const string Text =
            [|"Host=a;"|] +
            "Database=b";
        object Open() => new Npgsql.NpgsqlConnection(Text);
        """,
        """
        const string Text =
            "Host=a;" +
            "Database=b;Timeout=10;Command Timeout=30";
        object Open() => new Npgsql.NpgsqlConnection(Text);
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_the_use_of_the_string_of_a_property() => NotFixedAsync(
        """
        string Arrow => "Host=a";
        string Automatic { get; } = "Host=b";
        object A() => new [|Npgsql.NpgsqlConnection|](Arrow);
        object B() => new [|Npgsql.NpgsqlConnection|](Automatic);
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Sets_the_timeouts_of_a_builder() => FixesAsync(
        "Set the timeouts of the builder",
        """
        object Open(string host)
        {
            var builder = new [|Npgsql.NpgsqlConnectionStringBuilder|] { Host = host };
            return new Npgsql.NpgsqlConnection(builder.ConnectionString);
        }
        object Again(string host)
        {
            var builder = new [|Npgsql.NpgsqlConnectionStringBuilder|]();
            builder.Host = host;
            return new Npgsql.NpgsqlConnection(builder.ToString());
        }
        object Lines(string host) => new MySqlConnector.MySqlConnection(new [|MySqlConnector.MySqlConnectionStringBuilder|]
        {
            Server = host,
            Database = "b",
        }.ConnectionString);
        """,
        """
        object Open(string host)
        {
            var builder = new Npgsql.NpgsqlConnectionStringBuilder { Host = host, Timeout = 10, CommandTimeout = 30 };
            return new Npgsql.NpgsqlConnection(builder.ConnectionString);
        }
        object Again(string host)
        {
            var builder = new Npgsql.NpgsqlConnectionStringBuilder() { Timeout = 10, CommandTimeout = 30 };
            builder.Host = host;
            return new Npgsql.NpgsqlConnection(builder.ToString());
        }
        object Lines(string host) => new MySqlConnector.MySqlConnection(new MySqlConnector.MySqlConnectionStringBuilder
        {
            Server = host,
            Database = "b",
            ConnectionTimeout = 10,
            DefaultCommandTimeout = 30
        }.ConnectionString);
        """,
        Drivers.Npgsql, Drivers.MySqlConnector);

    [Fact]
    public Task Writes_the_seconds_that_are_configured() => FixesAsync(
        """object Open() => new Npgsql.NpgsqlConnection([|"Host=a"|]);""",
        """object Open() => new Npgsql.NpgsqlConnection("Host=a;Timeout=3;Command Timeout=7");""",
        Drivers.Npgsql, Has.Option("asyncguard.command_timeout_seconds = 7\nasyncguard.connect_timeout_seconds = 3"));

    [Fact]
    public Task Adds_the_timeout_that_is_missing_where_both_are_required() => FixesAsync(
        """
        void Open()
        {
            _ = new Npgsql.NpgsqlConnection([|"Host=a;Timeout=5"|]);
            _ = new Npgsql.NpgsqlConnection([|"Host=a;Command Timeout=5"|]);
            _ = new Npgsql.NpgsqlConnection("Host=a;Command Timeout=5;Timeout=5");
        }
        """,
        """
        void Open()
        {
            _ = new Npgsql.NpgsqlConnection("Host=a;Timeout=5;Command Timeout=30");
            _ = new Npgsql.NpgsqlConnection("Host=a;Command Timeout=5;Timeout=10");
            _ = new Npgsql.NpgsqlConnection("Host=a;Command Timeout=5;Timeout=5");
        }
        """,
        Drivers.Npgsql, Has.Option("asyncguard.ASG3008.require_both = true"));

    [Fact]
    public Task Says_what_to_choose_and_nothing_of_the_string() => SaysAsync(
        "Npgsql is used without an explicit timeout; choose 'Timeout' and 'Command Timeout'",
        """object db = new Npgsql.NpgsqlConnection({|#0:"Host=a;Password=secret"|});""",
        Drivers.Npgsql);

    private static string Put(string place, string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, place, text);
}
