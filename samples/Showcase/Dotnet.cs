using System.Diagnostics;
using System.Reflection;

namespace AsyncGuard.Showcase;

/// <summary>The SDK's command line.</summary>
internal static class Dotnet
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static string Configuration { get; } = typeof(Dotnet).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Builds a project.</summary>
    /// <returns>What it printed, and whether it succeeded.</returns>
    public static async Task<(bool Succeeded, string Output)> BuildAsync(string project, string[] more, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path, ["build", project, "-c", Configuration, "--nologo", "-v", "q", "-nodeReuse:false", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(each => each.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var build = Process.Start(start) ?? throw new InvalidOperationException($"{Path} did not start.");
        try
        {
            var output = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(cancel), build.StandardError.ReadToEndAsync(cancel));
            await build.WaitForExitAsync(cancel);
            return (build.ExitCode == 0, string.Concat(output));
        }
        finally
        {
            if (!build.HasExited)
            {
                build.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Where a project's program lies once it is built.</summary>
    public static string ProgramOf(string project, string root) =>
        System.IO.Path.Combine(root, "artifacts", "bin", project, Configuration.ToLowerInvariant(), "AuctionHouse.dll");
}
