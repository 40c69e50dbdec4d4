using AsyncGuard.Support;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Conventions;

/// <summary>A page says what its rule says.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Ids => Catalogue.Ids;

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule() => Assert.Equal(Catalogue.Rules.Select(each => each.Rule.Id).Order(), Page.Ids);

    [Theory, MemberData(nameof(Ids))]
    public void A_page_is_headed_by_its_rule_s_id_and_title(string id) => Assert.Equal($"# {id}: {Catalogue.Find(id).Title}", Page.Read(id).Heading);

    [Theory, MemberData(nameof(Ids))]
    public void The_table_states_category_severity_and_whether_the_rule_is_on(string id)
    {
        var rule = Catalogue.Find(id);
        Assert.Equal([rule.Category, $"{rule.DefaultSeverity}", rule.IsEnabledByDefault ? "yes" : "no"], Page.Read(id).Row.Take(3));
    }

    // What it offers, in words; where there is no fix, "none" and why.
    [Theory, MemberData(nameof(Ids))]
    public void The_table_names_a_fix_where_there_is_one(string id)
    {
        var fix = Page.Read(id).Row[3];
        Assert.Equal(Catalogue.IsFixed(id), !fix.StartsWith("none", StringComparison.OrdinalIgnoreCase));
        Assert.NotEqual("none", fix);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_first_paragraph_is_the_rule_s_description(string id) => Assert.Equal($"{Catalogue.Find(id).Description}", Page.Read(id).Description);

    [Theory, MemberData(nameof(Ids))]
    public void The_headings_are_the_same_on_every_page(string id)
    {
        string[] expected = ["Reported", "Not reported", "How to fix", "When to switch it off"];
        Assert.Equal(SettingsOf(id).Any() ? [.. expected, "Settings"] : expected, Page.Read(id).Sections);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_settings_are_those_the_rule_reads(string id) => Assert.Equal(SettingsOf(id), Page.Read(id).SettingKeys);

    // An analyzer of two rules has the settings of both; the id in the key tells whose it is.
    private static IEnumerable<string> SettingsOf(string id) =>
        from setting in ((RuleAnalyzer)Catalogue.Rules.Single(each => each.Rule.Id == id).Analyzer).Settings
        where setting.Key.Split('.') is [_, _] || setting.Key.Contains($".{id}.", StringComparison.OrdinalIgnoreCase)
        orderby setting.Key
        select setting.Key;
}
