namespace AsyncGuard.Testing;

/// <summary>The files of the repository that people write, bar what is built or restored.</summary>
public static class SourceFiles
{
    private static readonly string[] Generated = [".git", "artifacts", "bin", "obj", "TestResults", "node_modules"];

    /// <summary>Paths from the root, with slashes.</summary>
    public static IEnumerable<string> EndingIn(params string[] endings) =>
        from path in Below(Repository.Root)
        where endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))
        let relative = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        orderby relative
        select relative;

    private static IEnumerable<string> Below(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder).Where(each => !Generated.Contains(Path.GetFileName(each))).SelectMany(Below));
}
