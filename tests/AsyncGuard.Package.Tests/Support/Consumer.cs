namespace AsyncGuard.Support;

/// <summary>A project that has installed our packages.</summary>
internal sealed class Consumer(string folder, string packages)
{
    /// <summary>What the marks in its source, <c>// ASG4004</c> at a line's end, say a build must report.</summary>
    public IEnumerable<string> Marked => LinesWith("// ASG");

    /// <summary>What only the mode <c>Strict</c> makes a warning of.</summary>
    public IEnumerable<string> MarkedForStrict => LinesWith("// Strict: ASG");

    private IEnumerable<string> LinesWith(string mark) => from file in Directory.GetFiles(folder, "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                                                          where file.EndsWith(".cs", StringComparison.Ordinal) || Path.GetFileName(file) == "appsettings.json"
                                                          from line in File.ReadAllLines(file).Index()
                                                          where line.Item.Contains(mark, StringComparison.Ordinal)
                                                          select $"{Path.GetFileName(file)}({line.Index + 1}): warning {line.Item[^7..]}";

    public Task<Build> BuildAsync(params string[] arguments) => RunAsync("build", ["--no-restore", "-v", "m", "-clp:NoSummary", "-tl:off", .. arguments]);

    public Task<Build> FormatAsync(params string[] arguments) => RunAsync("format", ["analyzers", "--no-restore", .. arguments]);

    public Task<Build> StartAsync(params string[] arguments) => RunAsync("run", ["--no-build", .. arguments]);

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    public void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // never a root
        File.WriteAllText(path, text);
    }

    private async Task<Build> RunAsync(string verb, string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(folder, packages, [verb, .. arguments]);
        return new Build(exitCode, output);
    }
}
