using System.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>A repository's sources in a folder, and which commit they are.</summary>
internal sealed record Checkout(string Name, string Commit, string Root)
{
    public const string NoCommit = "unknown";

    // Sources that were taken from an archive carry "owner/name commit" in this file.
    private const string CommitFile = ".commit";

    /// <summary>The folder itself where it is a repository; else each of its sub-folders that is one; else the folder as it is, at no known commit.</summary>
    public static IReadOnlyList<Checkout> AllIn(string folder)
    {
        if (IsRepository(folder))
        {
            return [At(folder)];
        }

        var below = Directory.EnumerateDirectories(folder).Where(IsRepository).Order(StringComparer.Ordinal).Select(At).ToList();
        return below.Count > 0 ? below : [new Checkout(Path.GetFileName(folder), NoCommit, folder)];
    }

    private static bool IsRepository(string folder) => File.Exists(Path.Combine(folder, CommitFile)) || Path.Exists(Path.Combine(folder, ".git"));

    private static Checkout At(string folder)
    {
        var name = Path.GetFileName(folder);
        if (!File.Exists(Path.Combine(folder, CommitFile)))
        {
            return new(NameOf(Git(folder, "remote get-url origin")) ?? name, Git(folder, "rev-parse HEAD") ?? NoCommit, folder);
        }

        return File.ReadAllText(Path.Combine(folder, CommitFile)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var owned, var commit] => new(owned, commit, folder),
            [var commit] => new(name, commit, folder),
            _ => new(name, NoCommit, folder),
        };
    }

    private static string? NameOf(string? address) =>
        address?.Split('/', ':') is [.., var owner, var name] ? $"{owner}/{(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name)}" : null;

    private static string? Git(string folder, string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true });
        var answer = git?.StandardOutput.ReadToEnd().Trim();
        git?.WaitForExit();
        return git is { ExitCode: 0 } ? answer : null;
    }
}
