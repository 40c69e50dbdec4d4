using AsyncGuard.Support;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

public sealed class SourceStringTests
{
    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"Timeout=5\"")]
    [InlineData("\"a;Timeout=5\"")]
    [InlineData("\"C:\\\\a;Timeout=5\"")]
    [InlineData("\"\\\"quoted\\\";Timeout=5\"")]
    [InlineData("\"\\ttab\\n;Timeout=5\"")]
    [InlineData("\"\\u0041\\x42;Timeout=5\"")]
    [InlineData("\"\\x41B;Timeout=5\"")]
    [InlineData("\"\\0\\a\\b\\f\\v\\r\\e;Timeout=5\"")]
    [InlineData("@\"C:\\a;Timeout=5\"")]
    [InlineData("@\"say \"\"hi\"\";Timeout=5\"")]
    [InlineData("@\"a;\n Timeout=5\"")]
    [InlineData("\"\"\"a;Timeout=5\"\"\"")]
    [InlineData("\"\"\"\"a \"\"\" b;Timeout=5\"\"\"\"")]
    [InlineData("\"\"\"\n    a;\n      b;\n    Timeout=5\n    \"\"\"")]
    [InlineData("\"a;\" + \"Timeout=5\"")]
    [InlineData("\"a;\" + (\"Timeout=\" + \"5\")")]
    [InlineData("(\"Timeout=5\")")]
    [InlineData("\"Timeout=5\"!")]
    [InlineData("$\"Timeout=5\"")]
    [InlineData("$\"{{a}};Timeout=5\"")]
    [InlineData("$\"\\\\a\\t;Timeout=5\"")]
    [InlineData("$@\"C:\\a;{{Timeout=5\"")]
    [InlineData("@$\"say \"\"hi\"\";Timeout=5\"")]
    [InlineData("$\"\"\"a;Timeout=5\"\"\"")]
    [InlineData("$$\"\"\"{a};Timeout=5\"\"\"")]
    [InlineData("$\"\"\"\n    a;\n    Timeout=5\n    \"\"\"")]
    public void Reads_what_the_compiler_reads_and_knows_where_it_stands(string source)
    {
        var expression = SyntaxFactory.ParseExpression(source);
        var read = Read(expression, null);
        Assert.Equal(Evaluate(expression), read.Text);
        AssertPlaced(source, read, "Timeout");
        AssertPlaced(source, read, "5");
    }

    [Theory]
    [InlineData("host + \";Timeout=5\"", "?;Timeout=5")]
    [InlineData("\"Host=\" + host", "Host=?")]
    [InlineData("\"a\" + host + \"b\" + host", "a?b?")]
    [InlineData("$\"Host={host};Timeout=5\"", "Host=?;Timeout=5")]
    [InlineData("$\"{host}{host}\"", "??")]
    [InlineData("$\"Port={port:D4};a\"", "Port=?;a")]
    [InlineData("$\"Port={port,4};a\"", "Port=?;a")]
    [InlineData("$\"a={Name};b\"", "a=known;b")]
    [InlineData("\"a=\" + Type.Name", "a=known")]
    [InlineData("Name", "known")]
    public void Knows_what_it_does_not_know(string source, string expected)
    {
        var read = SourceString.Read(SyntaxFactory.ParseExpression(source), name => name.ToString().EndsWith("Name", StringComparison.Ordinal) ? "known" : null);
        if (expected.Any(char.IsAsciiLetter))
        {
            Assert.NotNull(read);
            Assert.Equal(expected, read.Text.Replace(ConnectionString.Hole, '?'));
        }
        else
        {
            Assert.Null(read);
        }
    }

    [Theory]
    [InlineData("host")]
    [InlineData("Make(\"Timeout=5\")")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("a ? \"b\" : \"c\"")]
    [InlineData("a + b")]
    [InlineData("\"unfinished")]
    [InlineData("$\"unfinished {")]
    [InlineData("@\"")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\u12")]
    [InlineData("")]
    public void Survives_what_is_no_string(string source)
    {
        var read = SourceString.Read(SyntaxFactory.ParseExpression(source), _ => null);
        Assert.True(read is null || source.StartsWith('"') || source.StartsWith('$') || source.StartsWith('@'));
    }

    [Fact]
    public void A_named_constant_is_not_written_here()
    {
        var read = Read(SyntaxFactory.ParseExpression("\"Timeout=\" + Zero"), "0");
        Assert.False(read.IsLiteral(new(0, read.Text.Length)));
        Assert.True(read.IsLiteral(new(0, "Timeout=".Length)));
        Assert.False(read.IsLiteral(new(0, 0)));
    }

    private static PlacedText Read(ExpressionSyntax expression, string? constant)
    {
        var read = SourceString.Read(expression, _ => constant);
        Assert.NotNull(read);
        return read;
    }

    private static string? Evaluate(ExpressionSyntax expression)
    {
        var tree = CSharpSyntaxTree.ParseText($"class A {{ const string Value = {expression}; }}", cancellationToken: TestContext.Current.CancellationToken);
        var model = CSharpCompilation.Create("A", [tree], Workbench.Net10).GetSemanticModel(tree);
        return (string?)model.GetConstantValue(tree.GetRoot().DescendantNodes().OfType<EqualsValueClauseSyntax>().Single().Value).Value;
    }

    private static void AssertPlaced(string source, PlacedText read, string part)
    {
        if (read.Text.IndexOf(part, StringComparison.Ordinal) is var at and >= 0)
        {
            var span = read.LocationOf(new TextSpan(at, part.Length)).SourceSpan;
            Assert.Equal(part, source.Substring(span.Start, span.Length));
        }
    }
}
