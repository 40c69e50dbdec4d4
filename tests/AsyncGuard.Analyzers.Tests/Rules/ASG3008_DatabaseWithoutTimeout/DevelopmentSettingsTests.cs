using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>ASG3008 in <c>appsettings.Development.json</c>: a developer's own database.</summary>
public sealed class DevelopmentSettingsTests : SettingsFileTests<DatabaseWithoutTimeoutAnalyzer, TimeoutInSettingsFix>
{
    protected override string FileName => "appsettings.Development.json";

    [Fact]
    public Task Is_silent() => SilentAsync("""{ "ConnectionStrings": { "Main": "Host=a;Database=b" } }""", "", Drivers.Npgsql);

    [Fact]
    public Task Is_reported_where_the_project_asks_for_it() => FixesAsync(
        """{ "ConnectionStrings": { "Main": [|"Host=a;Database=b"|] } }""",
        """{ "ConnectionStrings": { "Main": "Host=a;Database=b;Timeout=10;Command Timeout=30" } }""",
        "",
        Drivers.Npgsql, project => project.AnalyzerConfigFiles.Add((".editorconfig", "root = true\n\n[*.json]\nasyncguard.ASG3008.report_development_settings = true\n")));
}
