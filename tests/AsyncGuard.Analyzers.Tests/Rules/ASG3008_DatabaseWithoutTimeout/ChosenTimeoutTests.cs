using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where ASG3008 sees that somebody has chosen, or that there is nothing to choose.</summary>
public sealed class ChosenTimeoutTests : RuleTests<DatabaseWithoutTimeoutAnalyzer>
{
    [Theory]
    [InlineData("\"Host=a;Timeout=5\"")]
    [InlineData("\"Host=a;Command Timeout=5\"")]
    [InlineData("\"Host=a;CommandTimeout=0\"")]
    [InlineData("\"Host=a;Connect Timeout=5\"")]
    [InlineData("\"Host=a;statement_timeout=5\"")]
    [InlineData("$\"Host=a;Timeout={host}\"")]
    [InlineData("$\"{host};Database=b\"")]
    [InlineData("host + \";Database=b\"")]
    [InlineData("\"\"")]
    [InlineData("\"Main\"")]
    [InlineData("\"name=Main\"")]
    [InlineData("\"Host=a;Password='open\"")]
    [InlineData("host")]
    [InlineData("null")]
    public Task Is_silent_for_the_string(string text) => SilentAsync($"object Open(string host) => new Npgsql.NpgsqlConnection({text});", Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_Sqlite_and_for_memory() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Open(DbContextOptionsBuilder options)
        {
            _ = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=a.db");
            _ = new Npgsql.NpgsqlConnection("Host=:memory:;Database=a");
            options.UseSqlite("Data Source=a.db");
        }
        """,
        Drivers.EfSqlite, Drivers.Npgsql);

    [Fact]
    public Task Is_silent_where_the_options_choose() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseNpgsql("Host=a", npgsql => npgsql.CommandTimeout(5));
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Reports_where_the_options_of_another_registration_choose() => ReportsAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder a, DbContextOptionsBuilder b)
        {
            a.UseNpgsql("Host=a", npgsql => npgsql.CommandTimeout(5));
            b.UseNpgsql([|"Host=a"|], npgsql => npgsql.EnableRetryOnFailure());
        }
        """,
        Drivers.EfNpgsql);

    [Theory]
    [InlineData("command.CommandTimeout = 5;")]
    [InlineData("db.Execute(\"select 1\", commandTimeout: 5);")]
    [InlineData("db.Execute(\"select 1\", null, null, 5);")]
    [InlineData("_ = new CommandDefinition(\"select 1\", commandTimeout: 5);")]
    public Task Is_silent_where_the_commands_of_the_function_have_a_timeout(string statement) => SilentAsync(
        $$"""
        using Dapper;

        void Read()
        {
            var db = new Npgsql.NpgsqlConnection("Host=a");
            var command = db.CreateCommand();
            {{statement}}
        }
        """,
        Drivers.Npgsql, Drivers.Dapper);

    [Fact]
    public Task Reports_where_only_another_function_has_a_timeout() => ReportsAsync(
        """
        object Open() => new Npgsql.NpgsqlConnection([|"Host=a"|]);
        void Read(Npgsql.NpgsqlCommand command) { command.CommandTimeout = 5; }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_where_Dapper_has_a_timeout_for_all() => SilentAsync(
        """
        object Open() => new Npgsql.NpgsqlConnection("Host=a");
        """,
        Drivers.Npgsql, Drivers.Dapper, Has.Source("Start.cs", "class Start { void Run() { Dapper.SqlMapper.Settings.CommandTimeout = 5; } }"));

    [Fact]
    public Task Is_silent_where_an_interceptor_sets_every_timeout() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options) => options.UseNpgsql("Host=a");
        """,
        Drivers.EfNpgsql,
        Has.Source("Limits.cs",
            """
            using System.Data.Common;
            using Microsoft.EntityFrameworkCore.Diagnostics;

            class Limits : DbCommandInterceptor
            {
                public override DbCommand CommandInitialized(CommandEndEventData data, DbCommand command) { command.CommandTimeout = 5; return command; }
            }
            """));

    [Fact]
    public Task Is_silent_where_the_builder_of_a_data_source_chooses() => SilentAsync(
        """
        object Make()
        {
            var builder = new Npgsql.NpgsqlDataSourceBuilder("Host=a");
            builder.ConnectionStringBuilder.Timeout = 5;
            return builder.Build();
        }
        """,
        Drivers.Npgsql);

    [Theory]
    [InlineData("builder.Timeout = 5;")]
    [InlineData("builder.CommandTimeout = 5;")]
    [InlineData("builder[\"Timeout\"] = 5;")]
    [InlineData("builder.Add(\"Timeout\", 5);")]
    [InlineData("Choose(builder);")]
    [InlineData("_kept = builder;")]
    public Task Is_silent_where_the_builder_chooses_or_leaves_the_function(string statement) => SilentAsync(
        $$"""
        object _kept;
        static void Choose(Npgsql.NpgsqlConnectionStringBuilder builder) { }
        object Open(string host)
        {
            var builder = new Npgsql.NpgsqlConnectionStringBuilder { Host = host };
            {{statement}}
            return new Npgsql.NpgsqlConnection(builder.ConnectionString);
        }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_where_the_text_of_the_builder_leaves_the_function() => SilentAsync(
        """
        string Make(string host)
        {
            var builder = new Npgsql.NpgsqlConnectionStringBuilder { Host = host };
            return builder.ConnectionString;
        }
        Npgsql.NpgsqlConnectionStringBuilder Field = new() { Host = "a" };
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_where_linq2db_chooses() => SilentAsync(
        """
        using LinqToDB;

        object Make() => new DataOptions().UsePostgreSQL("Host=a").UseCommandTimeout(5);
        """,
        Drivers.Linq2Db, Drivers.Npgsql);

    [Fact]
    public Task Reports_a_string_of_linq2db() => ReportsAsync(
        """
        using LinqToDB;

        object Make() => new DataOptions().UsePostgreSQL([|"Host=a"|]);
        """,
        Drivers.Linq2Db, Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_the_tools_of_Entity_Framework() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;

        class Factory : IDesignTimeDbContextFactory<DbContext>
        {
            public DbContext CreateDbContext(string[] args)
            {
                var options = new DbContextOptionsBuilder();
                options.UseNpgsql("Host=localhost;Database=design");
                return new DbContext(options.Options);
            }
        }
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Is_silent_in_a_test_project() => SilentAsync(
        """object Open() => new Npgsql.NpgsqlConnection("Host=a");""", Drivers.Npgsql, Has.Library(typeof(FactAttribute)));

    [Fact]
    public Task Is_silent_in_generated_and_in_broken_code() => SilentAsync(
        """
        object A() => new Npgsql.NpgsqlConnection({|CS0103:missing|});
        object B() => new Npgsql.NpgsqlConnection($"Host={{|CS0103:missing|}};Timeout=1");
        """,
        Drivers.Npgsql, Has.Source("A.g.cs", "class A { object Open() => new Npgsql.NpgsqlConnection(\"Host=a\"); }"));

    [Fact]
    public Task Is_silent_without_a_provider() => SilentAsync(
        """
        class NpgsqlConnection { public NpgsqlConnection(string text) { } }
        object Open() => new NpgsqlConnection("Host=a");
        """);
}
