using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Toolbox;

/// <summary>What an option's text means, and which members a list names.</summary>
public sealed class SettingTests
{
    private static readonly Setting<bool> Flag = Setting.Flag("ASG9999.flag", fallback: false);
    private static readonly Setting<int> Seconds = Setting.Seconds("ASG9999.seconds", fallback: 30);
    private static readonly Setting<MemberNames> Members = Setting.Members("ASG9999.members");
    private static readonly Setting<NamePattern> Pattern = Setting.Pattern("ASG9999.pattern", "Migration");

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("yes", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public void A_flag_is_true_or_its_default(string text, bool means) => Assert.Equal(means, In(Flag, text));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("1", 1)]
    [InlineData("86400", 86400)]
    [InlineData("0", 30)]
    [InlineData("-1", 30)]
    [InlineData("5s", 30)]
    [InlineData("1.5", 30)]
    [InlineData("99999999999", 30)]
    [InlineData("", 30)]
    public void Seconds_are_a_positive_number_or_their_default(string text, int means) => Assert.Equal(means, In(Seconds, text));

    [Theory]
    [InlineData("Forget", true)]
    [InlineData("Tasks.Forget", true)]
    [InlineData("Acme.Tasks.Forget", true)]
    [InlineData("Other, Forget", true)]
    [InlineData(" Forget ,", true)]
    [InlineData("Deep.Acme.Tasks.Forget", false)]
    [InlineData("Other.Forget", false)]
    [InlineData("Acme.Forget", false)]
    [InlineData("forget", false)]
    [InlineData("Forget2", false)]
    [InlineData("orget", false)]
    [InlineData("Tasks", false)]
    [InlineData("A..B", false)]
    [InlineData("Forget()", false)]
    [InlineData("", false)]
    public void A_list_names_a_member_by_itself_its_type_or_its_namespace(string text, bool names) => Assert.Equal(names, In(Members, text).Contains(Forget()));

    [Theory]
    [InlineData("Seed", "DataSeeder", true)]
    [InlineData("^Seed", "DataSeeder", false)]
    [InlineData("seed", "DataSeeder", true)]
    [InlineData("(", "Migration1", true)]
    [InlineData("", "Anything", true)]
    public void A_pattern_is_found_anywhere_in_a_name(string text, string name, bool matches) => Assert.Equal(matches, In(Pattern, text).Matches(name));

    [Fact]
    public void A_pattern_that_takes_too_long_matches_nothing() => Assert.False(In(Pattern, "^(a+)+$").Matches(new string('a', 40) + "!"));

    [Fact]
    public void An_option_that_is_absent_has_its_default() => Assert.Equal(30, Seconds.In(Tree, Options([])));

    [Fact]
    public void A_key_is_read_in_any_case() => Assert.Equal(7, Seconds.In(Tree, Options(new() { ["asyncguard.asg9999.seconds"] = "7" })));

    private static SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText("namespace Acme { class Tasks { void Forget() { } } }");

    private static T In<T>(Setting<T> setting, string text) => setting.In(Tree, Options(new() { [setting.Key] = text }));

    private static IMethodSymbol Forget() => (IMethodSymbol)CSharpCompilation.Create("Names", [Tree], Workbench.Net10).GetTypeByMetadataName("Acme.Tasks")!.GetMembers("Forget").Single(); // it is there

    private static AnalyzerOptions Options(Dictionary<string, string> lines) => new([], new Provider(new Lines(lines)));

    private sealed class Provider(AnalyzerConfigOptions options) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;
    }

    private sealed class Lines(Dictionary<string, string> lines) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> _lines = new(lines, KeyComparer);

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => _lines.TryGetValue(key, out value);
    }
}
