using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class InfiniteDatabaseTimeoutTests : RuleTests<InfiniteDatabaseTimeoutAnalyzer, InfiniteDatabaseTimeoutFix>
{
    [Fact]
    public Task Limits_a_command() => FixesAsync(
        """
        void Read(Npgsql.NpgsqlCommand command) { command.CommandTimeout = [|0|]; }
        """,
        """
        void Read(Npgsql.NpgsqlCommand command) { command.CommandTimeout = 30; }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Limits_a_command_of_no_known_provider() => FixesAsync(
        """
        void Read(System.Data.Common.DbCommand a, System.Data.IDbCommand b) { a.CommandTimeout = [|int.MaxValue|]; b.CommandTimeout = [|604800|]; }
        """,
        """
        void Read(System.Data.Common.DbCommand a, System.Data.IDbCommand b) { a.CommandTimeout = 30; b.CommandTimeout = 30; }
        """);

    [Fact]
    public Task Limits_a_command_in_an_initialiser_by_a_constant() => FixesAsync(
        """
        const int NoLimit = 0;
        object Make(string sql) => new Microsoft.Data.SqlClient.SqlCommand(sql)
        {
            CommandTimeout = [|NoLimit|], // however long
            CommandText = sql,
        };
        """,
        """
        const int NoLimit = 0;
        object Make(string sql) => new Microsoft.Data.SqlClient.SqlCommand(sql)
        {
            CommandTimeout = 30, // however long
            CommandText = sql,
        };
        """,
        Drivers.SqlClient);

    [Fact]
    public Task Limits_a_batch() => FixesAsync(
        """
        void Read(Npgsql.NpgsqlBatch batch) { batch.Timeout = [|0|]; }
        """,
        """
        void Read(Npgsql.NpgsqlBatch batch) { batch.Timeout = 30; }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Limits_what_a_builder_sets() => FixesAsync(
        """
        object Make(string text) => new Npgsql.NpgsqlConnectionStringBuilder(text)
        {
            Timeout = [|0|],
            CommandTimeout = [|0|],
            CancellationTimeout = [|0|],
        };
        """,
        """
        object Make(string text) => new Npgsql.NpgsqlConnectionStringBuilder(text)
        {
            Timeout = 10,
            CommandTimeout = 30,
            CancellationTimeout = 2000,
        };
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Limits_what_a_builder_sets_by_keyword() => FixesAsync(
        """
        void Set(Npgsql.NpgsqlConnectionStringBuilder builder) { builder["Command Timeout"] = [|0|]; }
        """,
        """
        void Set(Npgsql.NpgsqlConnectionStringBuilder builder) { builder["Command Timeout"] = 30; }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Limits_an_unsigned_builder_property() => FixesAsync(
        """
        object Make() => new MySqlConnector.MySqlConnectionStringBuilder { ConnectionTimeout = [|0|], DefaultCommandTimeout = [|0|] };
        """,
        """
        object Make() => new MySqlConnector.MySqlConnectionStringBuilder { ConnectionTimeout = 10, DefaultCommandTimeout = 30 };
        """,
        Drivers.MySqlConnector);

    [Fact]
    public Task Limits_the_options_of_a_context() => FixesAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options, string text) => options.UseNpgsql(text, o => o.CommandTimeout([|0|]).EnableRetryOnFailure());
        """,
        """
        using Microsoft.EntityFrameworkCore;

        void Configure(DbContextOptionsBuilder options, string text) => options.UseNpgsql(text, o => o.CommandTimeout(30).EnableRetryOnFailure());
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Limits_a_context() => FixesAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Set(DbContext db)
        {
            db.Database.SetCommandTimeout([|0|]);
            db.Database.SetCommandTimeout([|Timeout.InfiniteTimeSpan|]);
            db.Database.SetCommandTimeout([|TimeSpan.FromDays(30)|]);
        }
        """,
        """
        using Microsoft.EntityFrameworkCore;

        void Set(DbContext db)
        {
            db.Database.SetCommandTimeout(30);
            db.Database.SetCommandTimeout(TimeSpan.FromSeconds(30));
            db.Database.SetCommandTimeout(TimeSpan.FromSeconds(30));
        }
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Limits_a_call_of_Dapper() => FixesAsync(
        """
        using Dapper;
        using System.Data;

        int Count(IDbConnection db) => db.ExecuteScalar<int>("select count(*) from orders", commandTimeout: [|0|]);
        object All(IDbConnection db) => db.Query("select 1", null, null, true, [|0|]);
        CommandDefinition Command() => new("select 1", commandTimeout: [|0|]);
        void Default() => SqlMapper.Settings.CommandTimeout = [|0|];
        """,
        """
        using Dapper;
        using System.Data;

        int Count(IDbConnection db) => db.ExecuteScalar<int>("select count(*) from orders", commandTimeout: 30);
        object All(IDbConnection db) => db.Query("select 1", null, null, true, 30);
        CommandDefinition Command() => new("select 1", commandTimeout: 30);
        void Default() => SqlMapper.Settings.CommandTimeout = 30;
        """,
        Drivers.Dapper);

    [Fact]
    public Task Limits_linq2db() => FixesAsync(
        """
        using LinqToDB;
        using LinqToDB.Data;

        void Set(DataConnection db) { db.CommandTimeout = [|0|]; }
        DataOptions Make(string text) => new DataOptions().UsePostgreSQL(text).UseCommandTimeout([|0|]);
        """,
        """
        using LinqToDB;
        using LinqToDB.Data;

        void Set(DataConnection db) { db.CommandTimeout = 30; }
        DataOptions Make(string text) => new DataOptions().UsePostgreSQL(text).UseCommandTimeout(30);
        """,
        Drivers.Linq2Db);

    [Fact]
    public Task Limits_a_lock_of_Sqlite() => FixesAsync(
        """
        void Set(Microsoft.Data.Sqlite.SqliteConnection db) { db.DefaultTimeout = [|0|]; }
        """,
        """
        void Set(Microsoft.Data.Sqlite.SqliteConnection db) { db.DefaultTimeout = 30; }
        """,
        Drivers.Sqlite);

    [Fact]
    public Task Limits_an_Oracle_connection() => FixesAsync(
        """
        void Set(Oracle.ManagedDataAccess.Client.OracleConnection db)
        {
            db.CommandTimeout = [|0|];
            Oracle.ManagedDataAccess.Client.OracleConfiguration.CommandTimeout = [|0|];
        }
        """,
        """
        void Set(Oracle.ManagedDataAccess.Client.OracleConnection db)
        {
            db.CommandTimeout = 30;
            Oracle.ManagedDataAccess.Client.OracleConfiguration.CommandTimeout = 30;
        }
        """,
        Has.Source("Oracle.cs", Stubs.Oracle));

    [Fact]
    public Task Writes_the_seconds_that_are_configured() => FixesAsync(
        """
        void Set(Npgsql.NpgsqlCommand command, Npgsql.NpgsqlConnectionStringBuilder builder) { command.CommandTimeout = [|0|]; builder.Timeout = [|0|]; }
        """,
        """
        void Set(Npgsql.NpgsqlCommand command, Npgsql.NpgsqlConnectionStringBuilder builder) { command.CommandTimeout = 7; builder.Timeout = 3; }
        """,
        Drivers.Npgsql, Has.Option("asyncguard.command_timeout_seconds = 7\nasyncguard.connect_timeout_seconds = 3"));

    [Fact]
    public Task Says_what_it_found_and_nothing_of_the_string() => SaysAsync(
        "'Command Timeout=0' never ends the wait for a database that does not answer; set a number of seconds",
        """object db = new Npgsql.NpgsqlConnection("Host=a;Password=secret;{|#0:Command Timeout=0|}");""",
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_for_a_number_of_seconds() => SilentAsync(
        """
        using Dapper;
        using System.Data;

        int? Chosen() => 5;
        void Read(Npgsql.NpgsqlCommand command, IDbConnection db, int given)
        {
            command.CommandTimeout = 604799;
            command.CommandTimeout = given;
            command.CommandTimeout = given > 0 ? 0 : 30;
            db.Execute("select 1", commandTimeout: null);
            db.Execute("select 1", commandTimeout: Chosen());
            db.Execute("select 1");
        }
        """,
        Drivers.Npgsql, Drivers.Dapper);

    [Fact]
    public Task Is_silent_for_the_default_of_a_context() => SilentAsync(
        """
        using Microsoft.EntityFrameworkCore;

        void Set(DbContext db) => db.Database.SetCommandTimeout(null);
        void Configure(DbContextOptionsBuilder options, string text) => options.UseNpgsql(text, o => o.CommandTimeout(null));
        """,
        Drivers.EfNpgsql);

    [Fact]
    public Task Is_silent_for_a_bulk_copy() => SilentAsync(
        """
        void Copy(Microsoft.Data.SqlClient.SqlBulkCopy copy) { copy.BulkCopyTimeout = 0; }
        """,
        Drivers.SqlClient);

    [Fact]
    public Task Is_silent_for_a_timeout_of_something_else() => SilentAsync(
        """
        class Client { public int CommandTimeout { get; set; } public int Timeout { get; set; } }
        void Set(Client client) { client.CommandTimeout = 0; client.Timeout = 0; }
        """,
        Drivers.Npgsql);

    [Fact]
    public Task Is_silent_where_zero_fails_at_once() => SilentAsync(
        """
        void Set(MySql.Data.MySqlClient.MySqlConnectionStringBuilder a, FirebirdSql.Data.FirebirdClient.FbConnectionStringBuilder b)
        {
            a.ConnectionTimeout = 0;
            b.ConnectionTimeout = 0;
        }
        """,
        Drivers.MySqlData, Drivers.Firebird);

    [Fact]
    public Task Is_silent_in_broken_code() => SilentAsync(
        """
        void Set(Npgsql.NpgsqlCommand command) { command.CommandTimeout = {|CS0103:missing|}; {|CS0103:nothing|}.CommandTimeout = 0; }
        """,
        Drivers.Npgsql);
}
