using System.Text.Json;
using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary>The project's <c>appsettings*.json</c> reach the analyzers, once.</summary>
public sealed class AppSettingsTests(Workshop workshop)
{
    [Fact]
    public async Task The_settings_files_of_the_project_are_passed()
    {
        var app = WithSettings("appsettings.json", "appsettings.Production.json", "config/AppSettings.Local.json");
        Assert.Equal(["AppSettings.Local.json", "appsettings.Production.json", "appsettings.json"], await PassedAsync(app));
    }

    [Fact]
    public async Task Other_files_and_what_is_built_are_not()
    {
        var app = WithSettings("settings.json", "myappsettings.json", "appsettings.txt", "bin/Debug/net10.0/appsettings.json", "obj/appsettings.json");
        Assert.Empty(await PassedAsync(app));
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("**/*.json")]
    [InlineData("$(MSBuildProjectDirectory)/appsettings.json")]
    public async Task What_the_user_passes_already_is_not_passed_twice(string include)
    {
        var app = WithSettings("appsettings.json");
        app.Write("Directory.Build.targets", $"""<Project><ItemGroup><AdditionalFiles Include="{include}" Exclude="obj/**;bin/**" /></ItemGroup></Project>""");
        Assert.Equal(["appsettings.json"], await PassedAsync(app));
    }

    [Fact]
    public async Task A_file_linked_from_elsewhere_is_passed()
    {
        var app = workshop.Copy("Clean");
        app.Write("../shared/appsettings.json", "{}");
        app.Write("Directory.Build.targets", """<Project><ItemGroup><Content Include="../shared/appsettings.json" Link="appsettings.json" /></ItemGroup></Project>""");
        Assert.Equal(["appsettings.json"], await PassedAsync(app));
    }

    [Fact]
    public async Task None_is_passed_where_the_user_says_so() =>
        Assert.Empty(await PassedAsync(WithSettings("appsettings.json"), "-p:AsyncGuardIncludeAppSettings=false"));

    [Fact]
    public async Task None_is_passed_to_a_compiler_that_does_not_load_the_analyzers() =>
        Assert.Empty(await PassedAsync(WithSettings("appsettings.json"), "-p:CompilerApiVersion=roslyn4.0"));

    private Consumer WithSettings(params string[] files)
    {
        var app = workshop.Copy("Clean");

        foreach (var file in files)
        {
            app.Write(file, "{}");
        }

        return app;
    }

    private static async Task<IEnumerable<string>> PassedAsync(Consumer app, params string[] arguments)
    {
        var build = await app.BuildAsync(["-getItem:AdditionalFiles", "-t:Build", .. arguments]);
        build.Succeeded();
        using var items = JsonDocument.Parse(build.Output);
        return
        [
            .. items.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()
                .Select(item => item.GetProperty("Filename").GetString() + item.GetProperty("Extension").GetString())
                .Order(StringComparer.Ordinal),
        ];
    }
}
