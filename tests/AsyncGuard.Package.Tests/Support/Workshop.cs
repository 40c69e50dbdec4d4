using System.Text.RegularExpressions;
using AsyncGuard.Support;
using AsyncGuard.Testing;

[assembly: AssemblyFixture(typeof(Workshop))]

namespace AsyncGuard.Support;

/// <summary>A folder outside the repository in which the consumers install the packed files, once; each test builds a copy of what was restored.</summary>
public sealed partial class Workshop : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asyncguard-").FullName;
    private int _copies;

    public Packages Packages { get; } = new();

    private string Installed => Path.Combine(_folder, "packages");

    public async ValueTask InitializeAsync()
    {
        await Packages.InitializeAsync();
        CopyFolder(Repository.PathOf("tests/AsyncGuard.Package.Tests/Consumers"), Path.Combine(_folder, "consumers"));
        await WriteAsync("nuget.config", await SourcesAsync());
        await WriteAsync("Directory.Build.props", $"<Project><PropertyGroup><AsyncGuardVersion>{Packages.Version}</AsyncGuardVersion></PropertyGroup></Project>");
        await WriteAsync("Directory.Build.targets", "<Project />");
        await WriteAsync("Directory.Packages.props", "<Project />");
        await DotNet.SucceedsAsync(Path.Combine(_folder, "consumers"), Installed, "restore", "All.proj", "-v", "q");
    }

    /// <summary>A restored consumer, to build and to change at will.</summary>
    internal Consumer Copy(string name)
    {
        var copy = Path.Combine(_folder, $"copy{Interlocked.Increment(ref _copies)}"); // tests run side by side
        CopyFolder(Path.Combine(_folder, "consumers", name), copy);
        return new Consumer(copy, Installed);
    }

    public async ValueTask DisposeAsync()
    {
        await Packages.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);

    // Ours come from the packed files and from nowhere else; the rest from wherever this machine gets its packages.
    private async Task<string> SourcesAsync()
    {
        var known = await DotNet.SucceedsAsync(_folder, Installed, "nuget", "list", "source");
        var others = EnabledSource.Matches(known).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(others);
        return $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Packages.Folder}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="AsyncGuard.*" /></packageSource>
                {string.Concat(others.Select(name => $"""<packageSource key="{name}"><package pattern="*" /></packageSource>"""))}
              </packageSourceMapping>
            </configuration>
            """;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // never a root
            File.Copy(file, target);
        }
    }

    [GeneratedRegex(@"^\s*\d+\.\s+(.+) \[Enabled\]", RegexOptions.Multiline)]
    private static partial Regex EnabledSource { get; }
}
