using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary><c>AsyncGuardMode</c> does what it says.</summary>
public sealed class ModeTests(Workshop workshop)
{
    [Theory]
    [InlineData("None")]
    [InlineData("none")]
    public async Task None_reports_nothing_in_whatever_case_it_is_written(string mode) => (await BuildAsync(mode)).WasSilent();

    [Fact]
    public async Task Minimum_reports_what_loses_work_or_hangs_for_certain() => (await BuildAsync("Minimum")).Reported(
        workshop.Copy("App").Marked.Where(line => !workshop.Packages.RulesSetBy("Minimum").Contains(line[^7..])));

    [Fact]
    public async Task Recommended_is_what_a_project_has_that_chooses_nothing() => Assert.Equal((await BuildAsync("")).Reports, (await BuildAsync("Recommended")).Reports);

    [Fact]
    public async Task A_change_of_mode_is_seen_by_the_next_build()
    {
        var app = workshop.Copy("App");
        (await app.BuildAsync("-f", "net10.0", "-p:AsyncGuardMode=None")).WasSilent();
        (await app.BuildAsync("-f", "net10.0")).Reported(app.Marked);
    }

    [Fact]
    public async Task Strict_reports_no_less_and_information_too() =>
        Assert.Subset((await BuildAsync("Strict")).Reports.ToHashSet(), workshop.Copy("App").Marked.Concat(workshop.Copy("App").MarkedForStrict).ToHashSet());

    [Theory]
    [InlineData("Strct")]
    [InlineData("All")]
    public async Task A_mode_that_does_not_exist_fails_the_build_and_names_those_that_do(string mode)
    {
        var build = await BuildAsync(mode);
        build.Failed();
        Assert.Equal(
            [$"ASG0002: AsyncGuardMode is '{mode}', which is no mode of AsyncGuard; set it to None, Minimum, Recommended or Strict."],
            build.Messages);
    }

    private Task<Build> BuildAsync(string mode) => workshop.Copy("App").BuildAsync("-f", "net10.0", $"-p:AsyncGuardMode={mode}");
}
