namespace AsyncGuard.Toolbox;

/// <summary>The types the rules know, looked up once for each compilation; <see langword="null"/> where it has none.</summary>
internal sealed class KnownTypes(Compilation compilation)
{
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _byName = new(StringComparer.Ordinal);

    public INamedTypeSymbol? Task { get; } = Find(compilation, "System.Threading.Tasks.Task");

    public INamedTypeSymbol? TaskOfT { get; } = Find(compilation, "System.Threading.Tasks.Task`1");

    public INamedTypeSymbol? ValueTask { get; } = Find(compilation, "System.Threading.Tasks.ValueTask");

    public INamedTypeSymbol? ValueTaskOfT { get; } = Find(compilation, "System.Threading.Tasks.ValueTask`1");

    public INamedTypeSymbol? CancellationToken { get; } = Find(compilation, "System.Threading.CancellationToken");

    public INamedTypeSymbol? CancellationTokenSource { get; } = Find(compilation, "System.Threading.CancellationTokenSource");

    public INamedTypeSymbol? Thread { get; } = Find(compilation, "System.Threading.Thread");

    public INamedTypeSymbol? Exception { get; } = Find(compilation, "System.Exception");

    public INamedTypeSymbol? OperationCanceledException { get; } = Find(compilation, "System.OperationCanceledException");

    public INamedTypeSymbol? BackgroundService { get; } = Find(compilation, "Microsoft.Extensions.Hosting.BackgroundService");

    public INamedTypeSymbol? HostedService { get; } = Find(compilation, "Microsoft.Extensions.Hosting.IHostedService");

    /// <summary>The runtime's <c>AsyncGuard.Supervisor</c>: where it is missing, fixes write plain .NET.</summary>
    public INamedTypeSymbol? Supervisor { get; } = Find(compilation, "AsyncGuard.Supervisor");

    /// <summary>A type that only a suspicious site asks for. <see cref="Compilation"/> itself caches by name, this the choice among several.</summary>
    public INamedTypeSymbol? this[string metadataName] => _byName.GetOrAdd(metadataName, name => Find(compilation, name));

    /// <summary>
    /// A name may stand for several types: a polyfill beside the real one, two versions of a library. The core library's wins, then a
    /// public one, then the first.
    /// </summary>
    private static INamedTypeSymbol? Find(Compilation compilation, string metadataName)
    {
        var found = AllOf(compilation, metadataName);
        if (found.Length < 2)
        {
            return found.IsEmpty ? null : found[0];
        }

        var core = compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly;
        INamedTypeSymbol? visible = null;
        foreach (var type in found)
        {
            if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, core))
            {
                return type;
            }

            visible ??= type.DeclaredAccessibility == Accessibility.Public ? type : null;
        }

        return visible ?? found[0];
    }

    // By way of its namespace: asking every assembly for every name is most of what starting the rules would cost.
    private static ImmutableArray<INamedTypeSymbol> AllOf(Compilation compilation, string metadataName)
    {
        var parts = metadataName.Split('.');
        var place = compilation.GlobalNamespace;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (Inner(place, parts[i]) is not { } inner)
            {
                return [];
            }

            place = inner;
        }

        var nested = parts[parts.Length - 1].Split('+');
        var found = Members(place, nested[0]);
        for (var i = 1; i < nested.Length; i++)
        {
            found = found.IsEmpty ? [] : Members(found[0], nested[i]);
        }

        return found;
    }

    private static ImmutableArray<INamedTypeSymbol> Members(INamespaceOrTypeSymbol owner, string name)
    {
        var arity = name.IndexOf('`');
        return arity < 0 ? owner.GetTypeMembers(name, 0) : owner.GetTypeMembers(name.Substring(0, arity), name[arity + 1] - '0');
    }

    private static INamespaceSymbol? Inner(INamespaceSymbol outer, string name)
    {
        foreach (var member in outer.GetMembers(name))
        {
            if (member is INamespaceSymbol inner)
            {
                return inner;
            }
        }

        return null;
    }
}
