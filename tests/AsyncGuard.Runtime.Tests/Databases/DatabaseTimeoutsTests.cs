namespace AsyncGuard.Databases;

public sealed class DatabaseTimeoutsTests
{
    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "Host=db", "Host=db;Timeout=10;Command Timeout=30;Connection Lifetime=300;Keepalive=30")]
    [InlineData(DatabaseKind.SqlServer, "Server=db;", "Server=db;Connect Timeout=10;Command Timeout=30;Load Balance Timeout=300")]
    [InlineData(DatabaseKind.MySql, "Server=db; ", "Server=db;Connection Timeout=10;Default Command Timeout=30;Connection Lifetime=300")]
    [InlineData(DatabaseKind.SqlServer, "", "Connect Timeout=10;Command Timeout=30;Load Balance Timeout=300")]
    [InlineData(DatabaseKind.PostgreSql, "Password=\"a;b\"", "Password=\"a;b\";Timeout=10;Command Timeout=30;Connection Lifetime=300;Keepalive=30")]
    public void Adds_what_is_absent(DatabaseKind kind, string given, string expected) => Assert.Equal(expected, DatabaseTimeouts.Apply(given, kind));

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "timeout=3;CommandTimeout=5;Load Balance Timeout=7;KEEPALIVE=9")]
    [InlineData(DatabaseKind.SqlServer, "Timeout=0;command timeout=5;Connection Lifetime=7")]
    [InlineData(DatabaseKind.MySql, "Connect Timeout=3;Command Timeout=5;ConnectionLifetime=7")]
    public void Keeps_what_is_set_under_any_spelling(DatabaseKind kind, string given) => Assert.Equal(given, DatabaseTimeouts.Apply(given, kind));

    [Fact]
    public void Takes_limits_of_the_callers_own_and_rounds_them_up()
    {
        var applied = DatabaseTimeouts.Apply("Server=db", DatabaseKind.SqlServer, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(90), TimeSpan.FromHours(1));

        Assert.Equal("Server=db;Connect Timeout=1;Command Timeout=90;Load Balance Timeout=3600", applied);
    }

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "Host=db;Password=s3cret;Connect Timeout=5", "'Connect Timeout'", "'Timeout'")]
    [InlineData(DatabaseKind.SqlServer, "Server=db;Password=s3cret;CommandTimeout=5", "'CommandTimeout'", "'Command Timeout'")]
    [InlineData(DatabaseKind.MySql, "Server=db;Password=s3cret;Timeout=5", "'Timeout'", "'Connection Timeout'")]
    public void Refuses_another_drivers_word_and_gives_the_right_one(DatabaseKind kind, string given, string stray, string right)
    {
        var error = Assert.Throws<ArgumentException>("connectionString", () => DatabaseTimeouts.Apply(given, kind));

        Assert.Contains(stray, error.Message, StringComparison.Ordinal);
        Assert.Contains(right, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://app:s3cret@db/shop")]
    [InlineData("Host=db;Password='s3cret")]
    [InlineData("Host=db;s3cret")]
    public void Refuses_a_malformed_string_without_repeating_it(string given)
    {
        var error = Assert.Throws<ArgumentException>("connectionString", () => DatabaseTimeouts.Apply(given, DatabaseKind.PostgreSql));

        Assert.Contains("PostgreSql connection string is malformed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_limits_that_no_driver_takes()
    {
        Assert.Throws<ArgumentOutOfRangeException>("connect", () => DatabaseTimeouts.Apply("", DatabaseKind.PostgreSql, connect: TimeSpan.FromSeconds(1025)));
        Assert.Throws<ArgumentOutOfRangeException>("command", () => DatabaseTimeouts.Apply("", DatabaseKind.PostgreSql, command: TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => DatabaseTimeouts.Apply("", (DatabaseKind)7));
    }
}
