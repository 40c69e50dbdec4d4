using AsyncGuard.Support;
using AsyncGuard.Testing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Conventions;

/// <summary>
/// The global configs behind <c>AsyncGuardMode</c> follow from the rules. Each names only what differs from a rule's own default:
/// a line that says the same would win over the user's bulk settings, such as a severity for a whole category.
/// </summary>
public sealed class ModeFileTests
{
    [Fact]
    public void None_switches_every_rule_off() => IsCurrent("None", "nothing is reported", _ => "none");

    [Fact]
    public void Minimum_keeps_what_loses_work_or_hangs_for_certain() =>
        IsCurrent("Minimum", "only what loses work or hangs for certain", rule => rule.CustomTags.Contains(Rule.Essential) ? null : "none");

    [Fact]
    public void Recommended_leaves_every_rule_at_its_default() => IsCurrent("Recommended", "every rule at its default severity", _ => null);

    [Fact]
    public void Strict_makes_a_warning_of_every_rule() =>
        IsCurrent("Strict", "every rule on, as a warning at least, with its strictest options", rule => rule is { IsEnabledByDefault: true, DefaultSeverity: >= DiagnosticSeverity.Warning } ? null : "warning",
            StrictOptions());

    // A rule is asked what its strictest options are, so that none is forgotten here.
    private static string StrictOptions() => string.Concat(
        from setting in Catalogue.Rules.SelectMany(each => ((RuleAnalyzer)each.Analyzer).Settings).DistinctBy(each => each.Key)
        where setting.InStrict is not null
        orderby setting.Key
        select $"\n{setting.Key} = {setting.InStrict}\n");

    private static void IsCurrent(string mode, string means, Func<DiagnosticDescriptor, string?> severity, string options = "")
    {
        var lines = from each in Catalogue.Rules
                    orderby each.Rule.Id
                    let chosen = severity(each.Rule)
                    where chosen is not null
                    select $"\n# {each.Rule.Title}\ndotnet_diagnostic.{each.Rule.Id}.severity = {chosen}\n";

        GeneratedFile.IsCurrent(
            $"src/AsyncGuard.Package/modes/{mode}.globalconfig",
            $"# Generated. AsyncGuardMode {mode}: {means}. A line of yours in .editorconfig wins.\nis_global = true\nglobal_level = -100\n{string.Concat(lines)}{options}");
    }
}
