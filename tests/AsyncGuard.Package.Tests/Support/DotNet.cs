using System.Diagnostics;

namespace AsyncGuard.Support;

/// <summary>The <c>dotnet</c> command as a user types it.</summary>
internal static class DotNet
{
    /// <summary>Runs to its end; the exit code and all that was printed, in English.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string? packages, params string[] arguments)
    {
        using var process = new Process { StartInfo = Command(folder, packages, arguments) };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public static async Task<string> SucceedsAsync(string folder, string? packages, params string[] arguments)
    {
        var (exitCode, output) = await RunAsync(folder, packages, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    private static ProcessStartInfo Command(string folder, string? packages, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the surrounding 'dotnet test' tells its own children is not what a user's shell knows.
        foreach (var name in start.Environment.Keys.Where(IsOfTheSurroundingBuild).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        return start;
    }

    private static bool IsOfTheSurroundingBuild(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_HOST_PATH" or "CI" or "ASYNCGUARD_UPDATE";
}
