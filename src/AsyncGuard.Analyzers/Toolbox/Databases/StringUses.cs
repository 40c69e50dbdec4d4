namespace AsyncGuard.Toolbox.Databases;

/// <summary>What is done in a whole compilation with the connection strings of its fields and its configuration, and with the timeouts of all commands?</summary>
/// <remarks>Found out once, when the first suspicious site asks.</remarks>
internal sealed class StringUses
{
    private readonly Dictionary<string, StringUse> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ISymbol, StringUse> _byField = new(SymbolEqualityComparer.Default);
    private readonly HashSet<DatabaseProvider> _chosenForUnnamed = [];

    public StringUses(CompilationFacts facts, CancellationToken cancel)
    {
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            cancel.ThrowIfCancellationRequested();
            var mentions = DatabaseMentions.In(tree);
            if (!mentions.Places.IsEmpty || !mentions.CommandTimeouts.IsEmpty)
            {
                Read(mentions, facts.Bodies.ModelOf(tree), facts.Databases, cancel);
            }
        }
    }

    /// <summary>Whether every command is given a timeout: by Dapper's or Oracle's setting, or by an interceptor.</summary>
    public Chosen ForEveryCommand { get; private set; }

    /// <summary>The use of the string with this name; <see langword="null"/> where no code uses it for a database.</summary>
    public StringUse? Of(string? name) => name is not null && _byName.TryGetValue(name, out var use) ? use : null;

    /// <summary>The use of what is written in a field.</summary>
    public StringUse? Of(ISymbol field) => _byField.TryGetValue(field, out var use) ? use : null;

    /// <summary>Whether a database of this provider gets its string from somewhere unknown and its timeouts in code.</summary>
    public bool ChooseForUnnamed(DatabaseProvider provider) => _chosenForUnnamed.Contains(provider);

    private void Read(DatabaseMentions mentions, SemanticModel model, DatabaseFacts databases, CancellationToken cancel)
    {
        foreach (var expression in mentions.Places)
        {
            if (databases.Places.Of(model.GetOperation(expression, cancel)) is { String: { } text } place)
            {
                Add(place, databases.Origins.Of(text), databases.Visible.Around(place));
            }
        }

        foreach (var assignment in mentions.CommandTimeouts)
        {
            if (model.GetOperation(assignment, cancel) is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } }
                && (property.IsStatic || IsInInterceptor(model.GetEnclosingSymbol(assignment.SpanStart, cancel)?.ContainingType)))
            {
                ForEveryCommand = Chosen.Command;
            }
        }
    }

    private void Add(ConnectionPlace place, StringOrigin origin, Chosen chosen)
    {
        if (origin is { Kind: OriginKind.Configuration, Name: { } name })
        {
            Add(_byName, name, place, chosen);
        }
        else if (origin is { Kind: OriginKind.Text, Named: IFieldSymbol field })
        {
            Add(_byField, field, place, chosen);
        }
        else if (origin.Kind != OriginKind.Text && chosen != Chosen.None)
        {
            _chosenForUnnamed.Add(place.Provider);
        }
    }

    private static void Add<T>(Dictionary<T, StringUse> uses, T key, ConnectionPlace place, Chosen chosen) => uses[key] =
        uses.TryGetValue(key, out var other) && other.Provider == place.Provider ? new(place.Provider, other.Chosen | chosen) : new(place.Provider, chosen);

    private static bool IsInInterceptor(INamedTypeSymbol? type)
    {
        for (var it = type?.BaseType; it is not null; it = it.BaseType)
        {
            if (it is { Name: "DbCommandInterceptor", ContainingNamespace.Name: "Diagnostics" or "Interception" })
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Which database a string is for, and which timeouts the code chooses beside it.</summary>
internal sealed record StringUse(DatabaseProvider Provider, Chosen Chosen);
