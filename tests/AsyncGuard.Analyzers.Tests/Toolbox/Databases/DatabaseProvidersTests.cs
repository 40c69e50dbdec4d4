using System.Data.Common;
using System.Reflection;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>The table of providers says what the providers themselves do.</summary>
public sealed class DatabaseProvidersTests
{
    private static readonly string[] Spellings =
    [
        "Timeout", "Connect Timeout", "ConnectTimeout", "Connection Timeout", "ConnectionTimeout", "Command Timeout", "CommandTimeout", "Default Command Timeout",
        "DefaultCommandTimeout", "Default Timeout", "DefaultTimeout", "Cancellation Timeout", "CancellationTimeout", "connect_timeout", "command_timeout", "statement_timeout",
    ];

    /// <summary>All but Oracle, which is not to be had.</summary>
    public static TheoryData<string> Names => [.. DatabaseProviders.All.Where(each => each != DatabaseProviders.Oracle).Select(each => each.Name)];

    public static TheoryData<string, string> KeywordsOfEach
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var provider in DatabaseProviders.All.Where(each => each != DatabaseProviders.Oracle))
            {
                Array.ForEach(Spellings, spelling => data.Add(provider.Name, spelling));
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(KeywordsOfEach))]
    public void A_keyword_sets_what_the_table_says(string name, string keyword)
    {
        var provider = Find(name);
        var setting = new ConnectionSetting(keyword, "7", default, default);
        var said = setting.Is(provider.ConnectKeywords) ? provider.ConnectProperty
            : setting.Is(provider.CommandKeywords) ? provider.CommandProperty
            : setting.Is(provider.CancellationKeywords) ? "CancellationTimeout"
            : null;
        var cancels = said is null && keyword.StartsWith("Cancel", StringComparison.Ordinal); // MySqlConnector's waits for ever at 0 as well, but nobody has measured it

        Assert.Equal(said, cancels ? null : PropertySetBy(provider, keyword));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_provider_has_the_types_of_the_table(string name)
    {
        var provider = Find(name);
        Assert.All(provider.Connections, type => Assert.True(TypeOf(provider, type).IsSubclassOf(typeof(DbConnection))));
        Assert.All(provider.ConnectionStringBuilders, type => Assert.True(TypeOf(provider, type).IsSubclassOf(typeof(DbConnectionStringBuilder))));
        Assert.All(provider.DataSources, type => Assert.NotNull(TypeOf(provider, type)));
        Assert.All(provider.Connections, type => Assert.True(TypeOf(provider, type.Replace("Connection", "Command", StringComparison.Ordinal)).IsSubclassOf(typeof(DbCommand))));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_fixes_write_is_a_keyword_and_a_property_of_the_provider(string name)
    {
        var provider = Find(name);
        Assert.True(provider.ConnectKeyword is null || provider.ConnectKeywords.Contains(provider.ConnectKeyword));
        Assert.True(provider.CommandKeyword is null || provider.CommandKeywords.Contains(provider.CommandKeyword));
        Assert.Equal(provider.ConnectKeywords.IsEmpty, provider.ConnectKeyword is null);
        Assert.Equal(provider.CommandKeywords.IsEmpty, provider.CommandKeyword is null);

        var builder = TypeOf(provider, provider.ConnectionStringBuilders[0]);
        Assert.All([provider.ConnectProperty, provider.CommandProperty], property => Assert.True(property is null || builder.GetProperty(property) is { CanWrite: true }));
    }

    [Theory]
    [InlineData("Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "UseNpgsql", "AddNpgsql")]
    [InlineData("Microsoft.Data.SqlClient", "Microsoft.EntityFrameworkCore.SqlServer", "UseSqlServer", "UseAzureSql", "UseAzureSynapse", "AddSqlServer")]
    [InlineData("Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "UseSqlite")]
    [InlineData("Npgsql", "linq2db", "UsePostgreSQL")]
    [InlineData("Microsoft.Data.SqlClient", "linq2db", "UseSqlServer")]
    [InlineData("MySqlConnector", "linq2db", "UseMySql")]
    [InlineData("Microsoft.Data.Sqlite", "linq2db", "UseSQLite")]
    [InlineData("FirebirdSql.Data.FirebirdClient", "linq2db", "UseFirebird")]
    [InlineData("Oracle.ManagedDataAccess", "linq2db", "UseOracle")]
    public void A_registration_is_where_the_table_says(string name, string library, params string[] methods) => Assert.All(methods, method =>
        Assert.Contains(Find(name).Registrations, registration =>
            registration.EndsWith("::" + method, StringComparison.Ordinal)
            && Assembly.Load(library).GetType(registration[..registration.IndexOf(':', StringComparison.Ordinal)])?.GetMethods().Any(each =>
                each.Name == method && each.GetParameters().Any(parameter => parameter.ParameterType == typeof(string))) == true));

    [Fact]
    public void Npgsql_takes_connect_timeouts_up_to_its_limit()
    {
        var limit = DatabaseProviders.Npgsql.MaxConnectSeconds;
        Assert.Equal(limit, new Npgsql.NpgsqlConnectionStringBuilder { Timeout = limit }.Timeout);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Npgsql.NpgsqlConnectionStringBuilder { Timeout = limit + 1 });
    }

    private static DatabaseProvider Find(string name) => DatabaseProviders.All.Single(each => each.Name == name);

    private static Type TypeOf(DatabaseProvider provider, string type) => Assembly.Load(provider.Name).GetType(type, throwOnError: true)!;

    private static string? PropertySetBy(DatabaseProvider provider, string keyword)
    {
        DbConnectionStringBuilder Make() => (DbConnectionStringBuilder)Activator.CreateInstance(TypeOf(provider, provider.ConnectionStringBuilders[0]))!;
        var builder = Make();
        try
        {
            builder.ConnectionString = keyword + "=7";
        }
        catch (ArgumentException)
        {
            return null;
        }

        var before = Make();
        return builder.GetType().GetProperties()
            .Where(each => each.Name.EndsWith("Timeout", StringComparison.Ordinal) && each.CanWrite && each.GetIndexParameters().Length == 0)
            .FirstOrDefault(each => !Equals(each.GetValue(before), each.GetValue(builder)))?.Name;
    }
}
