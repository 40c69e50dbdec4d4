namespace AsyncGuard.Toolbox.Databases;

/// <summary>How does a provider spell its timeouts, and what does it make of them?</summary>
/// <remarks>Keywords are compared without regard to case; the tests hold them against the providers themselves.</remarks>
internal sealed record DatabaseProvider(string Name)
{
    public ImmutableArray<string> ConnectKeywords { get; init; } = [];

    public ImmutableArray<string> CommandKeywords { get; init; } = [];

    /// <summary>How long to wait for the server to confirm a cancel, where 0 is for ever.</summary>
    public ImmutableArray<string> CancellationKeywords { get; init; } = [];

    /// <summary>The keyword that fixes write; <see langword="null"/> where the provider has none.</summary>
    public string? ConnectKeyword { get; init; }

    public string? CommandKeyword { get; init; }

    /// <summary>The properties of its connection-string builder.</summary>
    public string? ConnectProperty { get; init; }

    public string? CommandProperty { get; init; }

    /// <summary>Whether a connect timeout of 0 waits for ever; elsewhere it fails at once.</summary>
    public bool ConnectsForEverAtZero { get; init; } = true;

    /// <summary>The longest connect timeout it takes; a longer one throws.</summary>
    public int MaxConnectSeconds { get; init; } = int.MaxValue;

    /// <summary>Whether a token ends a command even where the server no longer answers.</summary>
    public bool HonoursTokens { get; init; }

    /// <summary>Whether the database is a file of the process itself: nothing to connect to.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>What fixes call the parameter of an options lambda.</summary>
    public string OptionsName { get; init; } = "options";

    /// <summary>Its member of the runtime's <c>DatabaseKind</c>.</summary>
    public string? RuntimeKind { get; init; }

    public ImmutableArray<string> Connections { get; init; } = [];

    public ImmutableArray<string> ConnectionStringBuilders { get; init; } = [];

    /// <summary>Data sources and their builders: made from a string by a constructor or a static <c>Create</c>.</summary>
    public ImmutableArray<string> DataSources { get; init; } = [];

    /// <summary>Methods that register the database from a string: <c>Type::Method</c>.</summary>
    public ImmutableArray<string> Registrations { get; init; } = [];
}
