using AsyncGuard.Support;
using AsyncGuard.Testing;

namespace AsyncGuard.Conventions;

/// <summary>The release tables hold each rule once, as it is. That none is missing the compiler checks too (RS2000); the links it does not read.</summary>
public sealed class ReleaseNoteTests
{
    [Fact]
    public void The_rows_are_the_rules()
    {
        var expected = from each in Catalogue.Rules
                       let rule = each.Rule
                       orderby rule.Id
                       select $"{rule.Id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "Disabled")} | [Documentation]({rule.HelpLinkUri})";

        Assert.Equal(expected, Rows("Shipped").Concat(Rows("Unshipped")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_changelog_names_every_rule()
    {
        var changes = File.ReadAllText(Repository.PathOf("CHANGELOG.md"));
        Assert.All(Catalogue.Rules, each => Assert.Contains(each.Rule.Id, changes, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Rows(string which) =>
        from line in File.ReadLines(Repository.PathOf($"src/AsyncGuard.Analyzers/AnalyzerReleases.{which}.md"))
        where line.StartsWith("ASG", StringComparison.Ordinal)
        select string.Join(" | ", line.Split('|', StringSplitOptions.TrimEntries));
}
