using Xunit;

namespace AsyncGuard.Testing;

/// <summary>Text the repository keeps but nobody writes by hand: a test checks it, and writes it where <c>ASYNCGUARD_UPDATE=1</c>.</summary>
public static class GeneratedFile
{
    private static bool IsWriting => Environment.GetEnvironmentVariable("ASYNCGUARD_UPDATE") == "1";

    /// <summary>The whole file is generated.</summary>
    public static void IsCurrent(string relative, string text)
    {
        var path = Repository.PathOf(relative);

        if (IsWriting && !(File.Exists(path) && File.ReadAllText(path) == text)) // the same test runs on two compilers at once
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a path below the root has a folder
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{relative} is missing; run this test with ASYNCGUARD_UPDATE=1 to write it.");
        Assert.Equal(text, File.ReadAllText(path));
    }

    /// <summary>Only what stands between the two marker lines is.</summary>
    public static void IsCurrent(string relative, string begin, string end, string text)
    {
        var file = File.ReadAllText(Repository.PathOf(relative));
        var from = file.IndexOf(begin, StringComparison.Ordinal);
        var to = file.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"{relative} has no lines '{begin}' and '{end}'.");
        IsCurrent(relative, $"{file[..(from + begin.Length)]}\n{text}{file[to..]}");
    }
}
