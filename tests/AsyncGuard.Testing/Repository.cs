using System.Runtime.CompilerServices;

namespace AsyncGuard.Testing;

/// <summary>The working copy these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFile(), "../../.."));

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string ThisFile([CallerFilePath] string here = "") => here;
}
