using AsyncGuard.Support;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.Rules;

public sealed class MistypedOptionTests : RuleTests<MistypedOptionAnalyzer>
{
    private static readonly Setting Existing = Catalogue.Rules.SelectMany(each => ((RuleAnalyzer)each.Analyzer).Settings).OrderBy(each => each.Key).First();

    [Fact]
    public Task Names_the_option_that_was_meant() => ReportsAsync(
        "",
        Has.Option($"{Existing.Key}s = x"),
        Says($"{Existing.Key}s".ToLowerInvariant(), "x", $"did you mean '{Existing.Key}'?"));

    [Fact]
    public Task Says_so_where_no_option_is_like_it() => ReportsAsync(
        "",
        Has.Option("asyncguard.colour_of_the_logo = blue"),
        Says("asyncguard.colour_of_the_logo", "blue", "no rule has an option of this name"));

    [Fact]
    public Task Reports_once_for_many_files() => ReportsAsync(
        "",
        Has.Option("asyncguard.colour_of_the_logo = blue"),
        Has.Source("Second.cs", "class Second;"),
        Has.Source("Third.cs", "class Third;"),
        Says("asyncguard.colour_of_the_logo", "blue", "no rule has an option of this name"));

    [Fact]
    public Task Is_silent_on_other_tools_options() => SilentAsync("", Has.Option("dotnet_sort_system_directives_first = true\nasyncguardian.x = y"));

    [Theory]
    [InlineData("flag", "yes", "true or false")]
    [InlineData("seconds", "0", "a whole number of seconds, 1 or more")]
    [InlineData("seconds", "30s", "a whole number of seconds, 1 or more")]
    [InlineData("members", "A, B.9", "names separated by commas, each Name, Type.Name or Namespace.Type.Name")]
    [InlineData("pattern", "(", "a regular expression")]
    public void A_value_that_does_not_parse_is_refused(string kind, string value, string expects)
    {
        var setting = Make(kind);
        Assert.False(setting.Accepts(value));
        Assert.Equal(expects, setting.Expects);
    }

    [Theory]
    [InlineData("flag", "True")]
    [InlineData("seconds", "30")]
    [InlineData("members", "Forget, Tasks.Forget, Acme.Tasks.Forget,")]
    [InlineData("pattern", "Migration|Seeder")]
    public void A_value_that_parses_is_accepted(string kind, string value) => Assert.True(Make(kind).Accepts(value));

    [Theory]
    [InlineData("asyncguard.ASG1001.obsrving_methods", "asyncguard.ASG1001.observing_methods")]
    [InlineData("ASYNCGUARD.asg3008.require_bot", "asyncguard.ASG3008.require_both")]
    [InlineData("asyncguard.logo", null)]
    public void The_nearest_word_is_the_one_meant(string typed, string? meant) =>
        Assert.Equal(meant, Spelling.Nearest(typed, ["asyncguard.ASG1001.observing_methods", "asyncguard.ASG3008.require_both"]));

    private static Setting Make(string kind) => kind switch
    {
        "flag" => Setting.Flag("x", false),
        "seconds" => Setting.Seconds("x", 1),
        "members" => Setting.Members("x"),
        _ => Setting.Pattern("x", "x"),
    };

    private static Given Says(string option, string value, string wrong) => project =>
        ((SolutionState)project).ExpectedDiagnostics.Add(new DiagnosticResult(MistypedOptionAnalyzer.Id, Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithArguments(option, value, wrong));
}
