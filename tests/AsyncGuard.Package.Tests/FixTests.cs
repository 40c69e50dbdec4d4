using AsyncGuard.Support;

namespace AsyncGuard;

/// <summary><c>dotnet format analyzers</c> mends a project with the fixes from the package.</summary>
public sealed class FixTests(Workshop workshop)
{
    [Fact]
    public async Task A_project_with_the_runtime_builds_in_silence_and_runs()
    {
        var app = workshop.Copy("App");
        (await app.FormatAsync()).Succeeded();

        // The command mends C# only; the fix for settings files is an editor's.
        (await app.BuildAsync("-f", "net10.0")).Reported(app.Marked.Where(line => line.StartsWith("appsettings.json", StringComparison.Ordinal)));
        app.Write("appsettings.json", app.Read("appsettings.json").Replace("Database=shop", "Database=shop;Timeout=10;Command Timeout=30", StringComparison.Ordinal));
        (await app.BuildAsync("-f", "net10.0")).WasSilent();
        Assert.Equal("polled", (await app.StartAsync("-f", "net10.0")).Output.Trim().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_project_without_the_runtime_gets_plain_fixes()
    {
        var app = workshop.Copy("AnalyzersOnly");
        (await app.FormatAsync()).Succeeded();
        (await app.BuildAsync()).WasSilent();
        Assert.DoesNotContain("using AsyncGuard", app.Read("Program.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("Supervisor", app.Read("Program.cs"), StringComparison.Ordinal);
        Assert.Equal("polled", (await app.StartAsync()).Output.Trim().Split('\n')[^1]);
    }
}
