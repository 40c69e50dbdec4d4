namespace AsyncGuard.Toolbox;

/// <summary>How long does an object of this type live?</summary>
internal enum Lifetime
{
    /// <summary>As long as it likes, for all that is known.</summary>
    Unknown,

    /// <summary>One scope: a database context or connection, a service that this compilation registers as scoped.</summary>
    Scope,

    /// <summary>One request, and it cannot be had outside one: the <c>HttpContext</c> and its parts.</summary>
    Request,
}

/// <summary>Which services end with their scope, and which of them can a scope of one's own give again?</summary>
/// <remarks>Registrations are looked for once in the whole compilation, when a suspicious site first asks.</remarks>
internal sealed class ScopedServices(CompilationFacts facts)
{
    private static readonly string[] Registrations =
        ["AddScoped", "TryAddScoped", "AddKeyedScoped", "AddDbContext", "AddDbContextPool", "Scoped"];

    private static readonly string[] OtherRegistrations = ["AddSingleton", "TryAddSingleton", "AddTransient", "TryAddTransient"];

    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _registered = new(() => Registered(facts));

    public Lifetime LifetimeOf(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Interface } named)
        {
            return Lifetime.Unknown;
        }

        return OfFramework(named) is not Lifetime.Unknown and var known ? known
            : _registered.Value.Contains(named.OriginalDefinition) ? Lifetime.Scope
            : Lifetime.Unknown;
    }

    /// <summary>Whether a new scope gives one: registered here, or a context, whose registration may stand elsewhere.</summary>
    public bool CanBeResolved(ITypeSymbol type) => _registered.Value.Contains(type.OriginalDefinition) || (IsContext(type) && type.Name != "DbContext");

    private static Lifetime OfFramework(INamedTypeSymbol type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            switch (it.Name)
            {
                case "DbContext" when it.ContainingNamespace.Name is "EntityFrameworkCore" or "Entity":
                case "DbConnection" or "DbTransaction" when it.ContainingNamespace.Name == "Common":
                case "IDbConnection" or "IDbTransaction" when it.ContainingNamespace.Name == "Data":
                    return Lifetime.Scope;
                case "HttpContext" or "HttpRequest" or "HttpResponse" or "HttpContextBase" or "HttpRequestBase" or "HttpResponseBase" or "ISession" when it.ContainingNamespace.Name is "Http" or "Web":
                    return Lifetime.Request;
            }
        }

        return Lifetime.Unknown;
    }

    private static bool IsContext(ITypeSymbol type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (it.Name == "DbContext")
            {
                return true;
            }
        }

        return false;
    }

    // Registered as scoped and as something else too: nobody can say here which one counts.
    private static ImmutableHashSet<ITypeSymbol> Registered(CompilationFacts facts)
    {
        var scoped = ImmutableHashSet.CreateBuilder<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            foreach (var name in Registrations)
            {
                Each(name, tree, facts, type => scoped.Add(type));
            }
        }

        if (scoped.Count > 0)
        {
            foreach (var tree in facts.Compilation.SyntaxTrees)
            {
                foreach (var name in OtherRegistrations)
                {
                    Each(name, tree, facts, type => scoped.Remove(type));
                }
            }
        }

        return scoped.ToImmutable();
    }

    private static void Each(string method, SyntaxTree tree, CompilationFacts facts, Action<ITypeSymbol> take)
    {
        foreach (var name in NamesInTree.Of(method, tree, CancellationToken.None))
        {
            var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>();
            if (call is null || facts.Bodies.ModelOf(tree).GetOperation(call) is not IInvocationOperation { TargetMethod: var target } registration
                || target.Name != method || target.ContainingNamespace is not { Name: "DependencyInjection" or "Extensions" })
            {
                continue;
            }

            foreach (var type in target.TypeArguments)
            {
                take(type.OriginalDefinition);
            }

            foreach (var argument in registration.Arguments)
            {
                if (argument.Value.Bare() is ITypeOfOperation { TypeOperand: var type })
                {
                    take(type.OriginalDefinition);
                }
            }
        }
    }
}
