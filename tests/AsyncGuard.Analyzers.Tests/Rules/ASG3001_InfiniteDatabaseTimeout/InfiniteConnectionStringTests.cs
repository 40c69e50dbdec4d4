using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>ASG3001 in the connection strings of code.</summary>
public sealed class InfiniteConnectionStringTests : RuleTests<InfiniteDatabaseTimeoutAnalyzer, InfiniteDatabaseTimeoutFix>
{
    [Theory]
    [InlineData("\"Host=a;[|Timeout=0|]\"", "\"Host=a;Timeout=10\"")]
    [InlineData("\"Host=a;[|Command Timeout=0|]\"", "\"Host=a;Command Timeout=30\"")]
    [InlineData("\"Host=a;[|commandtimeout = 0|] ; Database=b\"", "\"Host=a;commandtimeout=30 ; Database=b\"")]
    [InlineData("\"[|Timeout=0|];[|Command Timeout=0|];Host=a\"", "\"Timeout=10;Command Timeout=30;Host=a\"")]
    [InlineData("\"Host=a;[|Cancellation Timeout=0|]\"", "\"Host=a;Cancellation Timeout=2000\"")]
    [InlineData("\"Host=a;[|Command Timeout=604800|]\"", "\"Host=a;Command Timeout=30\"")]
    [InlineData("\"Host=a;[|Command Timeout='0'|]\"", "\"Host=a;Command Timeout=30\"")]
    [InlineData("\"Host=a;Timeout=5;[|Timeout=0|]\"", "\"Host=a;Timeout=5;Timeout=10\"")]
    [InlineData("@\"Host=C:\\a;[|Timeout=0|]\"", "@\"Host=C:\\a;Timeout=10\"")]
    [InlineData("\"Host=C:\\\\a\\u0041;[|Timeout=0|]\"", "\"Host=C:\\\\a\\u0041;Timeout=10\"")]
    [InlineData("$\"Host={host};[|Timeout=0|];Password={host}\"", "$\"Host={host};Timeout=10;Password={host}\"")]
    [InlineData("$\"Host={host};Password={{x;[|Timeout=0|]\"", "$\"Host={host};Password={{x;Timeout=10\"")]
    [InlineData("\"Host=\" + host + \";[|Timeout=0|]\"", "\"Host=\" + host + \";Timeout=10\"")]
    [InlineData("(\"Host=a;\" + \"[|Timeout=0|]\")!", "(\"Host=a;\" + \"Timeout=10\")!")]
    [InlineData("\"\"\"Host=a;[|Timeout=0|]\"\"\"", "\"\"\"Host=a;Timeout=10\"\"\"")]
    public Task Limits_the_string(string text, string limited) => FixesAsync(
        $"object Open(string host) => new Npgsql.NpgsqlConnection({text});",
        $"object Open(string host) => new Npgsql.NpgsqlConnection({limited});",
        Drivers.Npgsql);

    [Theory]
    [InlineData("\"Host=a\"")]
    [InlineData("\"Host=a;Timeout=1\"")]
    [InlineData("\"Host=a;Timeout=0;Timeout=5\"")]
    [InlineData("\"Host=a;Command Timeout=604799\"")]
    [InlineData("\"Host=a;Timeout=700000\"")]
    [InlineData("\"Host=a;Connect Timeout=0\"")]
    [InlineData("\"Host=a;Cancellation Timeout=-1\"")]
    [InlineData("\"Host=a;Keepalive=0;Minimum Pool Size=0\"")]
    [InlineData("\"Host=a;Password='Timeout=0'\"")]
    [InlineData("$\"Host=a;Timeout={host}\"")]
    [InlineData("$\"Host=a;{host}Timeout=0\"")]
    [InlineData("host")]
    [InlineData("\"Host=a;Timeout=0'\"")]
    public Task Is_silent_for_the_string(string text) => SilentAsync(
        $"object Open(string host) => new Npgsql.NpgsqlConnection({text});", Drivers.Npgsql);

    [Fact]
    public Task Reports_a_timeout_that_is_put_together() => NotFixedAsync(
        """
        const int None = 0;
        const string Zero = "0";
        object Open() => new Npgsql.NpgsqlConnection("Host=a;[|Timeout=" + Zero|]);
        object Again() => new Npgsql.NpgsqlConnection($"Host=a;[|Timeout={Zero|]}");
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_the_string_of_a_constant_once() => FixesAsync(
        """
        const string Text = "Host=a;[|Timeout=0|]";
        object Open() => new Npgsql.NpgsqlConnection(Text);
        object Again() => new Npgsql.NpgsqlConnection(Subject.Text);
        """,
        """
        const string Text = "Host=a;Timeout=10";
        object Open() => new Npgsql.NpgsqlConnection(Text);
        object Again() => new Npgsql.NpgsqlConnection(Subject.Text);
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_the_string_of_a_field() => FixesAsync(
        """
        static readonly string Text = "Host=a;[|Timeout=0|]";
        void Open() { Npgsql.NpgsqlConnection db = new(Text); }
        """,
        """
        static readonly string Text = "Host=a;Timeout=10";
        void Open() { Npgsql.NpgsqlConnection db = new(Text); }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_the_string_of_a_local() => FixesAsync(
        """
        void Open()
        {
            var text = "Host=a;[|Timeout=0|]";
            _ = new Npgsql.NpgsqlConnection(text);
        }
        """,
        """
        void Open()
        {
            var text = "Host=a;Timeout=10";
            _ = new Npgsql.NpgsqlConnection(text);
        }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_the_use_of_the_string_of_a_property() => NotFixedAsync(
        """
        string Text => "Host=b;Timeout=0";
        object Open() => new Npgsql.NpgsqlConnection([|Text|]);
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_a_constant_that_another_file_uses() => FixesAsync(
        """
        public const string Text = "Host=a;[|Timeout=0|]";
        """,
        """
        public const string Text = "Host=a;Timeout=10";
        """,
        Drivers.Npgsql, Has.Source("Use.cs", "class Use { object Open() => new Npgsql.NpgsqlConnection(Subject.Text); }"));

    [Fact]
    public Task Is_silent_for_a_constant_that_no_database_gets() => SilentAsync(
        """
        const string Text = "Host=a;Timeout=0";
        static readonly string Other = "Host=a;Timeout=0";
        static Subject() => Other = "";
        object Open() => new Npgsql.NpgsqlConnection(Other);
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_a_variable_that_is_assigned_again() => SilentAsync(
        """
        void Open(string other)
        {
            var text = "Host=a;Timeout=0";
            text = other;
            _ = new Npgsql.NpgsqlConnection(text);
        }
        """,
        Drivers.Npgsql);

    [Theory]
    [InlineData("new Npgsql.NpgsqlConnectionStringBuilder({0})")]
    [InlineData("new Npgsql.NpgsqlDataSourceBuilder({0})")]
    [InlineData("new Npgsql.NpgsqlSlimDataSourceBuilder({0})")]
    [InlineData("Npgsql.NpgsqlDataSource.Create({0})")]
    [InlineData("new Npgsql.NpgsqlConnection {{ ConnectionString = {0} }}")]
    [InlineData("new Npgsql.NpgsqlConnectionStringBuilder {{ ConnectionString = {0} }}")]
    public Task Limits_the_string_of(string place) => FixesAsync(
        "object Make() => " + string.Format(System.Globalization.CultureInfo.InvariantCulture, place, "\"[|Timeout=0|]\"") + ";",
        "object Make() => " + string.Format(System.Globalization.CultureInfo.InvariantCulture, place, "\"Timeout=10\"") + ";",
        Drivers.Npgsql);

    [Fact]
    public Task Limits_the_string_of_a_registration() => FixesAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseSqlServer("Server=a;[|Connect Timeout=0|];[|Command Timeout=0|]");
        """,
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseSqlServer("Server=a;Connect Timeout=10;Command Timeout=30");
        """,
        Drivers.EfSqlServer);

    [Fact]
    public Task Limits_the_string_of_linq2db() => FixesAsync(
        """
        using LinqToDB;

        object Make() => new DataOptions().UsePostgreSQL("Host=a;[|Timeout=0|]");
        """,
        """
        using LinqToDB;

        object Make() => new DataOptions().UsePostgreSQL("Host=a;Timeout=10");
        """,
        Drivers.Linq2Db, Drivers.Npgsql);

    [Fact]
    public Task Knows_the_keywords_of_each_provider() => FixesAsync(
        """
        void Open()
        {
            _ = new MySqlConnector.MySqlConnection("Server=a;[|Connection Timeout=0|];[|Default Command Timeout=0|]");
            _ = new MySql.Data.MySqlClient.MySqlConnection("Server=a;Connection Timeout=0;[|Default Command Timeout=0|]");
            _ = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=a;[|Default Timeout=0|]");
            _ = new FirebirdSql.Data.FirebirdClient.FbConnection("Database=a;Connection Timeout=0;[|Command Timeout=0|]");
            _ = new Microsoft.Data.SqlClient.SqlConnection("Server=a;[|Timeout=0|];[|Command Timeout=0|]");
        #pragma warning disable CS0618
            _ = new System.Data.SqlClient.SqlConnection("Server=a;[|Connection Timeout=0|];Command Timeout=0");
        }
        """,
        """
        void Open()
        {
            _ = new MySqlConnector.MySqlConnection("Server=a;Connection Timeout=10;Default Command Timeout=30");
            _ = new MySql.Data.MySqlClient.MySqlConnection("Server=a;Connection Timeout=0;Default Command Timeout=30");
            _ = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=a;Default Timeout=30");
            _ = new FirebirdSql.Data.FirebirdClient.FbConnection("Database=a;Connection Timeout=0;Command Timeout=30");
            _ = new Microsoft.Data.SqlClient.SqlConnection("Server=a;Timeout=10;Command Timeout=30");
        #pragma warning disable CS0618
            _ = new System.Data.SqlClient.SqlConnection("Server=a;Connection Timeout=10;Command Timeout=0");
        }
        """,
        Drivers.MySqlConnector, Drivers.MySqlData, Drivers.Sqlite, Drivers.Firebird, Drivers.SqlClient, Drivers.OldSqlClient);
}
