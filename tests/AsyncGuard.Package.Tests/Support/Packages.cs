using System.IO.Compression;
using System.Text.RegularExpressions;
using AsyncGuard.Testing;

namespace AsyncGuard.Support;

/// <summary>The packed files: those in the folder <c>ASYNCGUARD_PACKAGES</c> names, else packed once for this run.</summary>
public sealed partial class Packages : IAsyncLifetime
{
    private const string Analyzers = "AsyncGuard.CSharp.Analyzers";

    public string Folder { get; private set; } = "";

    public IEnumerable<string> Ids => Files.Select(IdOf).Order(StringComparer.Ordinal);

    public string Version => Path.GetFileNameWithoutExtension(FileOf(Analyzers))[(Analyzers.Length + 1)..];

    /// <summary>The ids of all rules: the mode <c>None</c> switches off each of them.</summary>
    public IReadOnlySet<string> Rules => RulesSetBy("None");

    /// <summary>The ids of the rules that a mode sets: <c>Minimum</c> switches off, <c>Strict</c> makes warnings of what is information.</summary>
    public IReadOnlySet<string> RulesSetBy(string mode)
    {
        using var package = Open(Analyzers);
        using var file = new StreamReader(package.Entries.Single(entry => entry.Name == mode + ".globalconfig").Open());
        return Rule.Matches(file.ReadToEnd()).Select(match => match.Groups[1].Value).ToHashSet();
    }

    private string[] Files => Directory.GetFiles(Folder, "*.nupkg");

    public async ValueTask InitializeAsync()
    {
        Folder = Environment.GetEnvironmentVariable("ASYNCGUARD_PACKAGES") is { Length: > 0 } given ? Path.GetFullPath(given, Repository.Root) : await PackAsync();
        Assert.NotEmpty(Files);
    }

    public ZipArchive Open(string id) => ZipFile.OpenRead(FileOf(id));

    public ZipArchive OpenSymbols(string id) => ZipFile.OpenRead(Path.ChangeExtension(FileOf(id), ".snupkg"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string FileOf(string id) => Files.Single(file => IdOf(file) == id);

    // The version begins at the first segment that is a number.
    private static string IdOf(string file) =>
        string.Join('.', Path.GetFileName(file).Split('.').TakeWhile(segment => !char.IsAsciiDigit(segment[0])));

    private static async Task<string> PackAsync()
    {
        var folder = Repository.PathOf("artifacts/packages-for-tests");

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await DotNet.SucceedsAsync(Repository.Root, packages: null, "pack", "-o", folder, "-v", "q");
        return folder;
    }

    [GeneratedRegex(@"^dotnet_diagnostic\.(ASG\d{4})\.", RegexOptions.Multiline)]
    private static partial Regex Rule { get; }
}
