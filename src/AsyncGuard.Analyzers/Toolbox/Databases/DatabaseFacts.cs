namespace AsyncGuard.Toolbox.Databases;

/// <summary>What the rules know of the databases of one compilation.</summary>
internal sealed class DatabaseFacts
{
    private readonly CompilationFacts _facts;
    private readonly ConcurrentDictionary<AdditionalText, ImmutableArray<ConfiguredString>> _files = new();
    private StringUses? _uses;

    public DatabaseFacts(CompilationFacts facts)
    {
        _facts = facts;
        Types = new(facts.Types);
        Sinks = new(Types);
        Places = new(Types);
        Origins = new(Types, facts.Bodies);
        Visible = new(Types, Sinks);
    }

    public DatabaseTypes Types { get; }

    public TimeoutSinks Sinks { get; }

    public ConnectionPlaces Places { get; }

    public StringOrigins Origins { get; }

    public VisibleTimeouts Visible { get; }

    public StringUses Uses(CancellationToken cancel)
    {
        if (_uses is { } known)
        {
            return known;
        }

        // Two threads may both look; both find the same.
        var found = new StringUses(_facts, cancel);
        return Interlocked.CompareExchange(ref _uses, found, null) ?? found;
    }

    /// <summary>The connection strings of a settings file; none in any other file.</summary>
    public ImmutableArray<ConfiguredString> StringsIn(AdditionalText file, CancellationToken cancel) =>
        SettingsFile.IsOne(file) ? _files.GetOrAdd(file, it => SettingsFile.Read(it, cancel)) : [];
}
