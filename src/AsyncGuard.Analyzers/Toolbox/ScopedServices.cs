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
internal sealed class ScopedServices(CompilationFacts facts)
{
    private readonly ScopedRegistrations _registrations = new(facts);

    public Lifetime LifetimeOf(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Interface } named)
        {
            return Lifetime.Unknown;
        }

        return OfFramework(named) is not Lifetime.Unknown and var known ? known
            : _registrations.Have(named) ? Lifetime.Scope
            : Lifetime.Unknown;
    }

    /// <summary>Whether a new scope gives one: registered here, or a context, whose registration may stand elsewhere.</summary>
    public bool CanBeResolved(ITypeSymbol type) => _registrations.Have(type) || (IsContext(type) && type.Name != "DbContext");

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
}
