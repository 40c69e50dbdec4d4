using AsyncGuard.Support;
using AsyncGuard.Testing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Conventions;

/// <summary>The tables of rules follow from the rules.</summary>
public sealed class RuleTableTests
{
    [Fact]
    public void The_index_lists_every_rule() => GeneratedFile.IsCurrent(
        "docs/rules/README.md",
        "# Rules\n\nGenerated from the rules themselves. *Minimum*: stays on in that mode (see [Configuration](../configuration.md)).\n\n" + Table(""));

    [Fact]
    public void The_read_me_lists_every_rule() => GeneratedFile.IsCurrent("README.md", "<!-- rules -->", "<!-- /rules -->", Table("docs/rules/"));

    private static string Table(string pages) =>
        "| Id | Category | What to do | Severity | Fix | Minimum |\n|---|---|---|---|---|---|\n"
        + string.Concat(Catalogue.Rules.Select(each => each.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => Row(rule, pages)));

    private static string Row(DiagnosticDescriptor rule, string pages) =>
        $"| [{rule.Id}]({pages}{rule.Id}.md) | {rule.Category} | {rule.Title} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity : "off")}"
        + $" | {Mark(Catalogue.IsFixed(rule.Id))} | {Mark(rule.CustomTags.Contains(Rule.Essential))} |\n";

    private static string Mark(bool isSo) => isSo ? "yes" : "–";
}
