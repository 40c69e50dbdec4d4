using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where ASG3001 takes an infinite timeout for what it is.</summary>
public sealed class DeliberateWaitTests : RuleTests<InfiniteDatabaseTimeoutAnalyzer>
{
    [Theory]
    [InlineData("db.Database.Migrate();")]
    [InlineData("await db.Database.MigrateAsync();")]
    [InlineData("db.Database.EnsureCreated();")]
    [InlineData("await db.Database.EnsureCreatedAsync();")]
    public Task Is_silent_where_the_same_context_is_migrated(string then) => SilentAsync(
        $$"""
        using Microsoft.EntityFrameworkCore;

        async Task StartAsync(DbContext db)
        {
            db.Database.SetCommandTimeout(0);
            {{then}}
            await Task.Yield();
        }
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Reports_where_another_context_is_migrated_or_it_was_before() => ReportsAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Start(DbContext db, DbContext other)
        {
            db.Database.Migrate();
            db.Database.SetCommandTimeout([|0|]);
            other.Database.Migrate();
        }
        """,
        Drivers.EfNpgsql);

    [Theory]
    [InlineData("VACUUM ANALYZE orders")]
    [InlineData("  reindex table orders")]
    [InlineData("CREATE INDEX a ON b (c)")]
    [InlineData("ALTER TABLE a ADD b int")]
    [InlineData("OPTIMIZE TABLE a")]
    [InlineData("DBCC CHECKDB")]
    [InlineData("BACKUP DATABASE a TO DISK = 'b'")]
    [InlineData("RESTORE DATABASE a")]
    [InlineData("CLUSTER a")]
    [InlineData("ANALYZE")]
    [InlineData("LISTEN news")]
    [InlineData("COPY a TO STDOUT")]
    public Task Is_silent_for_maintenance(string sql) => SilentAsync(
        $$"""
        using Dapper;

        void Run(Npgsql.NpgsqlConnection db)
        {
            var made = new Npgsql.NpgsqlCommand("{{sql}}", db) { CommandTimeout = 0 };
            made.ExecuteNonQuery();
            new Npgsql.NpgsqlCommand("{{sql}}", db) { CommandTimeout = 0 }.ExecuteNonQuery();
            new Npgsql.NpgsqlCommand { Connection = db, CommandTimeout = 0, CommandText = "{{sql}}" }.ExecuteNonQuery();
            var filled = db.CreateCommand();
            filled.CommandText = "{{sql}}";
            filled.CommandTimeout = 0;
            filled.ExecuteNonQuery();
            db.Execute("{{sql}}", commandTimeout: 0);
            _ = new CommandDefinition("{{sql}}", commandTimeout: 0);
        }
        """,
        Drivers.Npgsql, Drivers.Dapper);

    [Fact]
    public Task Is_silent_for_maintenance_by_a_context() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Run(DbContext db)
        {
            db.Database.SetCommandTimeout(0);
            db.Database.ExecuteSqlRaw("ALTER TABLE a ADD b int");
        }
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Reports_other_statements() => ReportsAsync(
        """
        using Dapper;

        void Run(Npgsql.NpgsqlConnection db, string sql)
        {
            var made = new Npgsql.NpgsqlCommand("select 1", db) { CommandTimeout = [|0|] };
            made.ExecuteNonQuery();
            var unknown = new Npgsql.NpgsqlCommand(sql, db) { CommandTimeout = [|0|] };
            var both = db.CreateCommand();
            both.CommandTimeout = [|0|];
            both.CommandText = "VACUUM";
            both.ExecuteNonQuery();
            both.CommandText = "select 1";
            both.ExecuteNonQuery();
            db.Execute("select copy from a", commandTimeout: [|0|]);
            db.Execute("analyzed", commandTimeout: [|0|]);
        }
        """,
        Drivers.Npgsql, Drivers.Dapper);

    [Theory]
    [InlineData("Npgsql.NpgsqlCommand")]
    [InlineData("Microsoft.Data.SqlClient.SqlCommand")]
    public Task Is_silent_where_a_token_ends_every_execution(string type) => SilentAsync(
        $$"""
        async Task ReadAsync({{type}} command, CancellationToken cancel)
        {
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancel);
            await using var reader = await command.ExecuteReaderAsync(cancel);
        }
        """,
        Drivers.Npgsql, Drivers.SqlClient);

    [Theory]
    [InlineData("Npgsql.NpgsqlCommand", "default")]
    [InlineData("Npgsql.NpgsqlCommand", "CancellationToken.None")]
    [InlineData("Npgsql.NpgsqlCommand", "")]
    [InlineData("MySqlConnector.MySqlCommand", "cancel")]
    [InlineData("MySql.Data.MySqlClient.MySqlCommand", "cancel")]
    [InlineData("System.Data.Common.DbCommand", "cancel")]
    public Task Reports_where_no_token_ends_the_execution(string type, string token) => ReportsAsync(
        $$"""
        async Task ReadAsync({{type}} command, CancellationToken cancel)
        {
            command.CommandTimeout = [|0|];
            await command.ExecuteNonQueryAsync({{token}});
        }
        """,
        Drivers.Npgsql, Drivers.MySqlConnector, Drivers.MySqlData);

    [Fact]
    public Task Reports_where_one_execution_has_no_token() => ReportsAsync(
        """
        async Task ReadAsync(Npgsql.NpgsqlCommand command, CancellationToken cancel)
        {
            command.CommandTimeout = [|0|];
            await command.ExecuteNonQueryAsync(cancel);
            command.ExecuteScalar();
        }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Reports_a_connect_that_only_a_token_would_end() => ReportsAsync(
        """
        async Task OpenAsync(CancellationToken cancel)
        {
            await using var db = new Npgsql.NpgsqlConnection("Host=a;[|Timeout=0|]");
            await db.OpenAsync(cancel);
        }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_a_definition_with_a_token_where_every_provider_honours_it() => SilentAsync(
        """
        object Make(CancellationToken cancel) => new Dapper.CommandDefinition("select 1", commandTimeout: 0, cancellationToken: cancel);
        """,
        Drivers.Npgsql, Drivers.Dapper);

    [Fact]
    public Task Reports_a_definition_with_a_token_where_a_provider_ignores_it() => ReportsAsync(
        """
        object Make(CancellationToken cancel) => new Dapper.CommandDefinition("select 1", commandTimeout: [|0|], cancellationToken: cancel);
        """,
        Drivers.Npgsql, Drivers.MySqlConnector, Drivers.Dapper);

    [Theory]
    [InlineData("class OrderMigration { void Run(System.Data.IDbCommand c) { c.CommandTimeout = 0; } }")]
    [InlineData("class NightlyMaintenance { class Inner { void Run(System.Data.IDbCommand c) { c.CommandTimeout = 0; } } }")]
    [InlineData("class A { void BackupOrders(System.Data.IDbCommand c) { c.CommandTimeout = 0; } }")]
    [InlineData("class DataSeeder { object Open() => new Npgsql.NpgsqlConnection(\"Host=a;Timeout=0\"); }")]
    public Task Is_silent_where_a_name_says_maintenance(string type) => SilentAsync(type, Drivers.Npgsql);

    [Fact]
    public Task Is_silent_in_a_namespace_of_maintenance() => SilentAsync(
        "", Drivers.Npgsql, Has.Source("A.cs", "namespace Shop.Migrations.Steps { class A { void Run(System.Data.IDbCommand c) { c.CommandTimeout = 0; } } }"));

    [Fact]
    public Task Takes_the_names_of_maintenance_from_the_configuration() => ReportsAsync(
        """
        void Nightly(System.Data.IDbCommand c) { c.CommandTimeout = 0; }
        void Migration(System.Data.IDbCommand c) { c.CommandTimeout = [|0|]; }
        """,
        Has.Option("asyncguard.maintenance_pattern = ^Nightly"));

    [Fact]
    public Task Is_silent_in_a_migration_of_any_name() => SilentAsync(
        """
        class AddOrders : Microsoft.EntityFrameworkCore.Migrations.Migration
        {
            protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder builder) { }
            void Fill(System.Data.IDbCommand command) { command.CommandTimeout = 0; }
        }
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Is_silent_in_generated_code() => SilentAsync(
        "", Drivers.Npgsql, Has.Source("A.g.cs", "class A { void Run(System.Data.IDbCommand c) { c.CommandTimeout = 0; } object Open() => new Npgsql.NpgsqlConnection(\"Timeout=0\"); }"));
}
