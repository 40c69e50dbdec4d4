namespace AsyncGuard.Toolbox;

/// <summary>Does a caller over the network wait for this code? Asked for suspicious sites only; each answer is kept.</summary>
/// <remarks>
/// A controller, a Razor page or view component, a filter, middleware, a SignalR hub, a gRPC service, and a handler given to a <c>Map…</c>
/// method. What such a type has besides, private functions and lambdas included, counts: somebody's request runs it.
/// </remarks>
internal sealed class RequestScope(CompilationFacts facts)
{
    private const string HttpContext = "Microsoft.AspNetCore.Http.HttpContext";

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _functions = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);
    private readonly TypeFamilies _families = new(
        facts.Types,
        roots:
        [
            "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Mvc.RazorPages.PageBase",
            "Microsoft.AspNetCore.Mvc.ViewComponent", "Microsoft.AspNetCore.Mvc.Filters.IFilterMetadata", "Microsoft.AspNetCore.Http.IEndpointFilter", "Microsoft.AspNetCore.Http.IMiddleware",
            "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNet.SignalR.Hub", "System.Web.Mvc.ControllerBase", "System.Web.Http.ApiController", "System.Web.IHttpHandler",
        ],
        marks: ["Microsoft.AspNetCore.Mvc.ControllerAttribute", "Grpc.Core.BindServiceMethodAttribute"]);

    /// <summary>A member, lambda or local function.</summary>
    public bool IsInRequestScope(ISymbol? function)
    {
        for (var it = function; it is not (null or INamespaceSymbol); it = it.ContainingSymbol)
        {
            switch (it)
            {
                case IMethodSymbol method when IsHandler(method):
                    return true;
                case INamedTypeSymbol type:
                    return IsRequestType(type);
            }
        }

        return false;
    }

    /// <summary>Whether requests are what instances of this type are made for.</summary>
    public bool IsRequestType(INamedTypeSymbol type) =>
        _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, _families.Contain(type) || HasInvoke(type));

    /// <summary>Whether the method gives a route its handler.</summary>
    public static bool IsMap(IMethodSymbol method) => method.Name.StartsWith("Map", StringComparison.Ordinal) && IsInAspNetCore(method.ContainingType);

    private bool IsHandler(IMethodSymbol method)
    {
        if (facts.Types[HttpContext] is null && facts.Types["Grpc.Core.ServerCallContext"] is null)
        {
            return false;
        }

        return _functions.TryGetValue(method, out var known) ? known : _functions.GetOrAdd(method, TakesRequest(method) || IsMapped(method));
    }

    // A handler written by hand: (HttpContext context) => …, a gRPC method of a type that is its own base.
    private bool TakesRequest(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.Type, facts.Types["Grpc.Core.ServerCallContext"])
                || (method.MethodKind == MethodKind.AnonymousFunction && SymbolEqualityComparer.Default.Equals(parameter.Type, facts.Types[HttpContext])))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMapped(IMethodSymbol method)
    {
        foreach (var use in DelegatesOf.Function(method, facts))
        {
            if (use.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var target } } && IsMap(target))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInAspNetCore(INamedTypeSymbol type) => type.ContainingNamespace is
    { Name: "Builder" or "Routing" or "Http", ContainingNamespace: { Name: "AspNetCore", ContainingNamespace: { Name: "Microsoft", ContainingNamespace.IsGlobalNamespace: true } } };

    // Middleware by convention.
    private bool HasInvoke(INamedTypeSymbol type)
    {
        if (facts.Types[HttpContext] is not { } context)
        {
            return false;
        }

        foreach (var name in (ReadOnlySpan<string>)["InvokeAsync", "Invoke"])
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public, Parameters: [{ Type: var first }, ..] }
                    && SymbolEqualityComparer.Default.Equals(first, context))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
