using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary>A user's own <c>.editorconfig</c> is heard, and contradicted where it makes no sense.</summary>
public sealed class OptionTests(Workshop workshop)
{
    [Theory]
    [InlineData("Recommended")]
    [InlineData("Minimum")]
    public async Task A_mistyped_option_is_reported(string mode)
    {
        var app = workshop.Copy("Clean");
        app.Write(".editorconfig", "root = true\n[*.cs]\nasyncguard.ASG1001.obsrving_methods = x\n");
        var build = await app.BuildAsync($"-p:AsyncGuardMode={mode}");
        build.Succeeded();
        Assert.Equal(["ASG0001: The option 'asyncguard.asg1001.obsrving_methods = x' has no effect: did you mean 'asyncguard.ASG1001.observing_methods'?"], build.Messages.Select(WithoutLink));
    }

    [Fact]
    public async Task A_severity_of_the_user_s_wins_over_the_mode()
    {
        var app = workshop.Copy("App");
        app.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.ASG4004.severity = warning\n");
        (await app.BuildAsync("-f", "net10.0", "-p:AsyncGuardMode=None")).Reported(app.Marked.Where(line => line.EndsWith("ASG4004", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_severity_for_a_whole_category_wins_over_the_default()
    {
        var app = workshop.Copy("App");
        app.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_analyzer_diagnostic.category-Blocking.severity = none\n");
        (await app.BuildAsync("-f", "net10.0")).Reported(app.Marked.Where(line => !line.Contains("ASG4", StringComparison.Ordinal)));
    }

    private static string WithoutLink(string message) => message.Split(" (http")[0];
}
