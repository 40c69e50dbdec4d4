namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which types of databases does a compilation know, and whose are they?</summary>
internal sealed class DatabaseTypes
{
    private readonly Dictionary<INamedTypeSymbol, DatabaseType> _byType = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, ImmutableArray<(INamedTypeSymbol Type, DatabaseProvider Provider)>> _registrations = new(StringComparer.Ordinal);

    public DatabaseTypes(KnownTypes types)
    {
        DbCommand = types["System.Data.Common.DbCommand"];
        AnyCommand = types["System.Data.IDbCommand"];
        DbBatch = types["System.Data.Common.DbBatch"];
        SqlMapper = types["Dapper.SqlMapper"];
        CommandDefinition = types["Dapper.CommandDefinition"];
        RelationalOptions = types["Microsoft.EntityFrameworkCore.Infrastructure.RelationalDbContextOptionsBuilder`2"];
        RelationalFacade = types["Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions"];
        Linq2DbOptions = types["LinqToDB.DataOptionsExtensions"];
        TimeSpan = types["System.TimeSpan"];
        Configuration = types["Microsoft.Extensions.Configuration.IConfiguration"];
        ConfigurationExtensions = types["Microsoft.Extensions.Configuration.ConfigurationExtensions"];
        CancellationToken = types.CancellationToken;
        TimeoutOwners = OwnersIn(types);

        var referenced = ImmutableArray.CreateBuilder<DatabaseProvider>();
        foreach (var provider in DatabaseProviders.All)
        {
            if (Add(provider, types))
            {
                referenced.Add(provider);
            }
        }

        Referenced = referenced.ToImmutable();
    }

    public INamedTypeSymbol? DbCommand { get; }

    public INamedTypeSymbol? AnyCommand { get; }

    public INamedTypeSymbol? DbBatch { get; }

    public INamedTypeSymbol? SqlMapper { get; }

    public INamedTypeSymbol? CommandDefinition { get; }

    public INamedTypeSymbol? RelationalOptions { get; }

    public INamedTypeSymbol? RelationalFacade { get; }

    public INamedTypeSymbol? Linq2DbOptions { get; }

    public INamedTypeSymbol? TimeSpan { get; }

    public INamedTypeSymbol? Configuration { get; }

    public INamedTypeSymbol? ConfigurationExtensions { get; }

    public INamedTypeSymbol? CancellationToken { get; }

    /// <summary>Types that have a timeout of their own besides commands and builders.</summary>
    public ImmutableArray<INamedTypeSymbol> TimeoutOwners { get; }

    /// <summary>The providers that this compilation can use.</summary>
    public ImmutableArray<DatabaseProvider> Referenced { get; }

    /// <summary>The provider of a JSON string that no code names: only where there is no choice.</summary>
    public DatabaseProvider? OnlyProvider => Referenced is [var only] ? only : null;

    public bool TryFind(ITypeSymbol? type, out DatabaseType found)
    {
        found = default;
        return type is INamedTypeSymbol named && _byType.TryGetValue(named, out found);
    }

    /// <summary>The database that a method registers from a connection string.</summary>
    public DatabaseProvider? RegisteredBy(IMethodSymbol method)
    {
        if (_registrations.TryGetValue(method.Name, out var candidates))
        {
            foreach (var (type, provider) in candidates)
            {
                if (SymbolEqualityComparer.Default.Equals(type, method.ContainingType))
                {
                    return provider;
                }
            }
        }

        return null;
    }

    private static ImmutableArray<INamedTypeSymbol> OwnersIn(KnownTypes types)
    {
        var owners = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (var name in TimeoutOwner.Names)
        {
            if (types[name] is { } owner)
            {
                owners.Add(owner);
            }
        }

        return owners.ToImmutable();
    }

    private bool Add(DatabaseProvider provider, KnownTypes types)
    {
        var isKnown = Add(provider, provider.Connections, DatabaseRole.Connection, types);
        Add(provider, provider.ConnectionStringBuilders, DatabaseRole.ConnectionStringBuilder, types);
        Add(provider, provider.DataSources, DatabaseRole.DataSource, types);
        foreach (var registration in provider.Registrations)
        {
            var end = registration.IndexOf(':');
            if (types[registration.Substring(0, end)] is { } type)
            {
                var method = registration.Substring(end + 2);
                _registrations[method] = (_registrations.TryGetValue(method, out var others) ? others : []).Add((type, provider));
            }
        }

        return isKnown;
    }

    private bool Add(DatabaseProvider provider, ImmutableArray<string> names, DatabaseRole role, KnownTypes types)
    {
        var isKnown = false;
        foreach (var name in names)
        {
            if (types[name] is { } type)
            {
                _byType[type] = new(provider, role);
                isKnown = true;
            }
        }

        return isKnown;
    }
}
