using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary><c>AsyncGuardMode</c> does what it says.</summary>
public sealed class ModeTests(Workshop workshop)
{
    [Fact]
    public async Task None_reports_nothing() => (await workshop.Copy("App").BuildAsync("-p:AsyncGuardMode=None")).WasSilent();

    [Theory]
    [InlineData("Strct")]
    [InlineData("All")]
    public async Task A_mode_that_does_not_exist_fails_the_build_and_names_those_that_do(string mode)
    {
        var build = await workshop.Copy("App").BuildAsync($"-p:AsyncGuardMode={mode}");
        build.Failed();
        Assert.Equal(
            [$"ASG0002: AsyncGuardMode is '{mode}', which is no mode of AsyncGuard; set it to None, Minimum, Recommended or Strict."],
            build.Messages);
    }

    [Fact]
    public async Task A_mode_may_be_written_in_any_case() => (await workshop.Copy("App").BuildAsync("-p:AsyncGuardMode=none")).WasSilent();
}
