using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Toolbox;

/// <summary>How a token looks as a method's last parameter.</summary>
public sealed class TokenParameterTests
{
    private const string Token = "global::System.Threading.CancellationToken";

    [Fact]
    public void It_is_alone() => Becomes($"void Poll({Token} stop = default) {{ }}", "void Poll() { }");

    [Fact]
    public void It_comes_last() => Becomes($"void Poll(int a, int b = 1, {Token} stop = default) {{ }}", "void Poll(int a, int b = 1) { }");

    [Fact]
    public void Its_default_names_the_type_before_CSharp_7_1() => Becomes($"void Poll({Token} stop = default({Token})) {{ }}", "void Poll() { }", LanguageVersion.CSharp7);

    [Fact]
    public void Its_default_is_short_in_CSharp_7_3() => Becomes($"void Poll({Token} stop = default) {{ }}", "void Poll() { }", LanguageVersion.CSharp7_3);

    [Fact]
    public void An_explicit_implementation_has_no_default() => Becomes($"void IA.Poll(int a, {Token} stop) {{ }}", "void IA.Poll(int a) { }");

    [Fact]
    public void It_gets_a_line_where_each_has_one() => Becomes($"void Poll(\n    int a, // one\n    int b,\n    {Token} stop = default)\n{{\n}}", "void Poll(\n    int a, // one\n    int b)\n{\n}");

    [Fact]
    public void It_stays_on_the_line_of_all() => Becomes($"void Poll(\n    int a, int b, {Token} stop = default)\n{{\n}}", "void Poll(\n    int a, int b)\n{\n}");

    [Fact]
    public void It_is_documented_where_others_are() => Becomes(
        $"/// <param name=\"a\">One.</param>\n/// <param name=\"stop\">Stops the work.</param>\n/// <returns>Nothing.</returns>\nvoid Poll(int a, {Token} stop = default) {{ }}",
        "/// <param name=\"a\">One.</param>\n/// <returns>Nothing.</returns>\nvoid Poll(int a) { }");

    [Fact]
    public void It_is_not_documented_where_others_are_not() => Becomes(
        $"/// <summary>Polls.</summary>\nvoid Poll(int a, {Token} stop = default) {{ }}",
        "/// <summary>Polls.</summary>\nvoid Poll(int a) { }");

    private static void Becomes(string expected, string method, LanguageVersion version = LanguageVersion.Latest)
    {
        var language = new CSharpParseOptions(version);
        var tree = CSharpSyntaxTree.ParseText($"class Subject\n{{\n{method}\n}}", language, cancellationToken: TestContext.Current.CancellationToken);
        var written = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        Assert.Equal(expected, TokenParameter.AddedTo(written, "stop", SyntaxFactory.ParseTypeName(Token), language).ToFullString().Trim());
    }
}
