using System.Text.Json;
using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary>What a project sees once it has installed the packages.</summary>
public sealed class InstalledTests(Workshop workshop)
{
    [Theory]
    [InlineData("App", "net10.0")]
    [InlineData("App", "net8.0")]
    [InlineData("Library", "netstandard2.0")]
    [InlineData("AnalyzersOnly", "net10.0")]
    [InlineData("HostedApp", "net10.0")]
    public async Task Reports_the_marked_lines_and_nothing_else(string name, string framework)
    {
        var consumer = workshop.Copy(name);
        Assert.NotEmpty(consumer.Marked);
        (await consumer.BuildAsync("-f", framework)).Reported(consumer.Marked);
    }

    // ASG0001 speaks of options, and has tests of its own.
    [Fact]
    public void The_app_has_a_defect_for_every_rule() => Assert.Equal(
        workshop.Packages.Rules.Where(id => id != "ASG0001").Order(StringComparer.Ordinal),
        workshop.Copy("App").Marked.Concat(workshop.Copy("App").MarkedForStrict).Select(line => line[^7..]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Judges_who_installs_it_and_not_who_refers_to_them()
    {
        var consumer = workshop.Copy("Solution");
        Assert.NotEmpty(consumer.Marked);
        (await consumer.BuildAsync("App")).Reported(consumer.Marked);
    }

    [Fact]
    public async Task The_runtime_can_be_had_without_the_analyzers() =>
        (await workshop.Copy("RuntimeOnly").BuildAsync("-p:AsyncGuardMode=Strict")).WasSilent();

    [Fact]
    public async Task Fails_a_build_that_takes_warnings_for_errors()
    {
        var consumer = workshop.Copy("App");
        var build = await consumer.BuildAsync("-f", "net10.0", "-warnaserror");
        build.Failed();
        Assert.Equal(consumer.Marked.Select(line => line.Replace("warning", "error", StringComparison.Ordinal)).Order(StringComparer.Ordinal), build.Reports);
    }

    [Fact]
    public async Task A_log_for_machines_explains_each_rule_it_names()
    {
        var app = workshop.Copy("App");
        (await app.BuildAsync("-f", "net10.0", "-p:ErrorLog=build.sarif%2Cversion=2.1")).Succeeded();
        using var log = JsonDocument.Parse(app.Read("build.sarif"));
        var rules = log.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString()!.StartsWith("ASG", StringComparison.Ordinal)).ToArray(); // a rule has an id
        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            Assert.EndsWith($"/docs/rules/{rule.GetProperty("id").GetString()}.md", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString() ?? "");
            Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString() ?? "");
        });
    }

    [Theory]
    [InlineData("roslyn4.13")]
    [InlineData("roslyn4.0")]
    public async Task Is_quiet_on_a_compiler_it_is_too_new_for(string compiler) =>
        (await workshop.Copy("App").BuildAsync("-f", "net10.0", $"-p:CompilerApiVersion={compiler}", "-p:AsyncGuardMode=Strict")).WasSilent();
}
