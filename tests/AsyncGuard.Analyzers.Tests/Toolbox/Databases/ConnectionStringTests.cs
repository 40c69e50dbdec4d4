using System.Data.Common;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>A connection string means what .NET's own builder takes it for.</summary>
public sealed class ConnectionStringTests
{
    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData(" ; ;; ")]
    [InlineData("Timeout=5")]
    [InlineData("Timeout=5;")]
    [InlineData(";Timeout=5;;Host=a;")]
    [InlineData(" Timeout = 5 ; Host = a b ")]
    [InlineData("Command Timeout=5")]
    [InlineData("Command  Timeout=5")]
    [InlineData("command timeout=5;COMMAND TIMEOUT=6")]
    [InlineData("a=1;b=2;a=3")]
    [InlineData("a=")]
    [InlineData("a= ;b=2")]
    [InlineData("a=;b=2")]
    [InlineData("a='1';b=\"2\"")]
    [InlineData("a='1;2';b=3")]
    [InlineData("a=\"1;2\";b=3")]
    [InlineData("a='it''s';b=3")]
    [InlineData("a=\"say \"\"hi\"\"\";b=3")]
    [InlineData("a='\"';b=\"'\"")]
    [InlineData("a= '1' ; b=2")]
    [InlineData("a=b=c")]
    [InlineData("a=b;c=d=e;f=g")]
    [InlineData("a==b=c")]
    [InlineData("a==b==c=d")]
    [InlineData("a=1\n;b=2")]
    [InlineData("a=1\t2;b=2")]
    [InlineData("Data Source=(localdb)\\mssqllocaldb;Integrated Security=true")]
    [InlineData("Server=tcp:a,1433;Password=p@ss!w0rd")]
    [InlineData("a=it's")]
    [InlineData("a=1 2  3")]
    [InlineData("ä=ü;日本=語")]
    [InlineData("a='';b=\"\"")]
    [InlineData("a='")]
    [InlineData("a='1")]
    [InlineData("a='1'2")]
    [InlineData("a='1' 2;b=3")]
    [InlineData("a=1'")]
    [InlineData("a=1\"")]
    [InlineData("a")]
    [InlineData("a=1;b")]
    [InlineData("=1")]
    [InlineData("a=1;=2")]
    [InlineData("name")]
    public void Reads_what_the_builder_of_NET_reads(string text)
    {
        var read = ConnectionString.Parse(text);
        if (Read(text) is not { } expected)
        {
            Assert.False(read.IsWhole);
            return;
        }

        Assert.True(read.IsWhole);
        var effective = read.Settings.GroupBy(each => each.Keyword.ToUpperInvariant())
            .Select(each => (each.Key, each.Last()))
            .Where(each => each.Item2.ValueSpan.Length > 0)
            .Select(each => (each.Key, each.Item2.Value));
        Assert.Equal(expected.Order(), effective.Order());
    }

    [Theory]
    [InlineData("Host=a;Timeout=5", "Timeout=5", "5")]
    [InlineData("Host=a; Timeout = 5 ;b=1", "Timeout = 5", "5")]
    [InlineData("Host=a;Timeout='5';b=1", "Timeout='5'", "'5'")]
    [InlineData("Timeout=1;Timeout=2", "Timeout=2", "2")]
    [InlineData("Timeout=", "Timeout=", "")]
    public void Knows_where_a_setting_stands(string text, string setting, string value)
    {
        var found = Assert.NotNull(ConnectionString.Parse(text).Effective(["Timeout"]));
        Assert.Equal(setting, text.Substring(found.Span.Start, found.Span.Length));
        Assert.Equal(value, text.Substring(found.ValueSpan.Start, found.ValueSpan.Length));
    }

    [Theory]
    [InlineData("{0};Timeout=5", "Timeout")]
    [InlineData("Timeout=5;{0}", "Timeout")]
    [InlineData("Timeout=5;{0};Host=a", "Timeout,Host")]
    [InlineData("{0}Timeout=5", "{0}Timeout")]
    [InlineData("Time{0}=5;Host=a", "Time{0},Host")]
    public void A_hole_may_hide_more(string text, string keywords)
    {
        var read = ConnectionString.Parse(text.Replace("{0}", "\uFFFC", StringComparison.Ordinal));
        Assert.False(read.IsWhole);
        Assert.Equal(keywords.Replace("{0}", "\uFFFC", StringComparison.Ordinal), string.Join(',', read.Settings.Select(each => each.Keyword)));
    }

    [Theory]
    [InlineData("Timeout={0};Host=a")]
    [InlineData("Timeout=1{0};Host=a")]
    [InlineData("Timeout='{0}';Host=a")]
    public void A_value_with_a_hole_is_no_number(string text)
    {
        var read = ConnectionString.Parse(text.Replace("{0}", "\uFFFC", StringComparison.Ordinal));
        Assert.True(read.IsWhole);
        Assert.Null(Assert.NotNull(read.Effective(["timeout"])).Number);
    }

    // The builder takes "a;b" for a keyword, which no provider knows.
    [Fact]
    public void A_part_without_a_value_ends_what_is_understood() => Assert.Equal(["x"], ConnectionString.Parse("x=1;a;Timeout=5").Settings.Select(each => each.Keyword));

    private static List<(string, string)>? Read(string text)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = text };
            return [.. builder.Keys.Cast<string>().Select(key => (key.ToUpperInvariant(), (string)builder[key]))];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
