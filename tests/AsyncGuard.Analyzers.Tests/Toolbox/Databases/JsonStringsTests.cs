using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>A settings file has the strings that .NET's own reader finds in it.</summary>
public sealed class JsonStringsTests
{
    private static readonly JsonDocumentOptions AsConfiguration = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{ \"a\": \"b\" }")]
    [InlineData("{\"a\":\"b\",\"c\":\"d\"}")]
    [InlineData("{ \"a\": \"b\", }")]
    [InlineData("{ \"a\": { \"b\": \"c\" }, \"d\": \"e\" }")]
    [InlineData("{ \"a\": { \"b\": { \"c\": \"d\" } } }")]
    [InlineData("{ \"a\": [ \"b\", \"c\" ], \"d\": \"e\" }")]
    [InlineData("{ \"a\": [ { \"b\": \"c\" }, { \"b\": \"d\" } ] }")]
    [InlineData("{ \"a\": [ [ \"b\" ], \"c\", ] }")]
    [InlineData("{ \"a\": 1, \"b\": -1.5e+3, \"c\": true, \"d\": false, \"e\": null, \"f\": \"g\" }")]
    [InlineData("// first\n{ /* second */ \"a\": /* third */ \"b\" // fourth\n}")]
    [InlineData("/**/{ \"a\": \"b\" }/***/")]
    [InlineData("{ \"a\": \"// no comment\", \"b\": \"/* none */\" }")]
    [InlineData("{ \"a\": \"\" }")]
    [InlineData("{ \"\": \"a\" }")]
    [InlineData("{ \"a:b\": \"c\" }")]
    [InlineData("{ \"a\": \"q\\\"q\" }")]
    [InlineData("{ \"a\": \"\\\\\" , \"b\": \"c\" }")]
    [InlineData("{ \"a\": \"\\/\\b\\f\\n\\r\\t\" }")]
    [InlineData("{ \"a\": \"\\u0041\\u00e4\\uD83D\\uDE00\" }")]
    [InlineData("{ \"\\u0061\": \"b\" }")]
    [InlineData("{ \"a\": \"日本語\" }")]
    [InlineData("{ \"a\": \"{ [ , : ] }\" }")]
    [InlineData("\n\n\t{\r\n \"a\" : \"b\"\r\n}\n")]
    [InlineData("{ \"a\": {}, \"b\": [], \"c\": \"d\" }")]
    [InlineData("{ \"a\": {\"b\": {}}, \"c\": \"d\" }")]
    [InlineData("[ \"a\", { \"b\": \"c\" } ]")]
    [InlineData("{ \"ConnectionStrings\": { \"Main\": \"Host=a;Timeout=0\" } }")]
    [InlineData("{ \"a\": \"b\", \"a\": \"c\" }")]
    public void Finds_what_NET_finds(string json)
    {
        using var document = JsonDocument.Parse(json, AsConfiguration);
        var expected = new List<string>();
        Collect(document.RootElement, "", expected);
        Assert.Equal(expected, Read(json));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("}", "")]
    [InlineData("]", "")]
    [InlineData("{ \"a\" }", "")]
    [InlineData("{ \"a\": }", "")]
    [InlineData("{ : \"a\" }", "")]
    [InlineData("{ , \"a\": \"b\" }", "")]
    [InlineData("{ \"a\" \"b\" }", "")]
    [InlineData("{ a: \"b\" }", "")]
    [InlineData("{ 'a': \"b\" }", "")]
    [InlineData("{ \"a\": \"b\" \"c\": \"d\" }", "a=b")]
    [InlineData("{ \"a\": \"b\", \"c\" ", "a=b")]
    [InlineData("{ \"a\": \"b\", \"c\": \"d", "a=b")]
    [InlineData("{ \"a\": \"b\", \"c\": \"d\n\" }", "a=b")]
    [InlineData("{ \"a\": \"b\" ], \"c\": \"d\" }", "a=b")]
    [InlineData("[ \"a\" }", "=a")]
    [InlineData("[ : \"a\" ]", "")]
    [InlineData("{ \"a\": \"b\" } { \"c\": \"d\" }", "a=b")]
    [InlineData("{ \"a\": \"b\", /* \"c\": \"d\" }", "a=b")]
    [InlineData("{ \"a\": \"b\", / \"c\": \"d\" }", "a=b")]
    [InlineData("{ \"a\": \"\\", "")]
    [InlineData("\\", "")]
    public void Reads_up_to_the_first_mistake(string json, string expected) => Assert.Equal(expected, string.Join(',', Read(json)));

    [Fact]
    public void Survives_every_beginning_of_a_file()
    {
        const string json = "{ \"a\": [ 1, \"b\\u0041\", { \"c\": \"d\" } ], /* x */ \"e\": \"f\" } // end";
        Assert.All(Enumerable.Range(0, json.Length), length => Assert.True(Read(json[..length]).Count <= 3));
    }

    [Fact]
    public void Knows_where_a_value_stands()
    {
        const string json = "{ \"a\": \"x\\u0041;Timeout\\u003d0\" }";
        var found = Assert.Single(JsonStrings.Read(SourceText.From(json), span => Location.Create("a.json", span, default)));
        Assert.Equal("\"x\\u0041;Timeout\\u003d0\"", Cut(found.Location));
        Assert.Equal("Timeout\\u003d0", Cut(found.Value.LocationOf(new TextSpan(3, 9))));

        string Cut(Location location) => json.Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }

    private static List<string> Read(string json) =>
        [.. JsonStrings.Read(SourceText.From(json), _ => Location.None).Select(each => $"{string.Join('/', each.Path)}={each.Value.Text}")];

    private static void Collect(JsonElement element, string path, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                found.Add($"{path}={element.GetString()}");
                break;
            case JsonValueKind.Array:
                element.EnumerateArray().ToList().ForEach(item => Collect(item, path, found));
                break;
            case JsonValueKind.Object:
                element.EnumerateObject().ToList().ForEach(item => Collect(item.Value, path.Length == 0 ? item.Name : $"{path}/{item.Name}", found));
                break;
        }
    }
}
