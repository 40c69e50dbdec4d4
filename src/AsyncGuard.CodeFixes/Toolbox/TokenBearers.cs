using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>May functions whose signature changes anyway take a <c>CancellationToken</c> too, as their last parameter and with a default?</summary>
internal static class TokenBearers
{
    /// <summary>Marks the declarations of such functions; the data tells one family from another.</summary>
    public const string Mark = "takes a token";

    private static readonly string[] Binders =
    [
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "System.Web.Mvc.ControllerBase", "System.Web.Http.ApiController",
    ];

    /// <summary>The mark for a family's declarations; one that means nothing where they may not.</summary>
    public static SyntaxAnnotation MarkOf(IReadOnlyCollection<IMethodSymbol> family, CompilationFacts facts, CancellationToken cancel) =>
        Contain(family, facts, cancel) ? new(Mark, family.First().GetDocumentationCommentId()) : new();

    // Nobody but the callers that change along gives them their arguments, and the last place is free.
    private static bool Contain(IReadOnlyCollection<IMethodSymbol> family, CompilationFacts facts, CancellationToken cancel) =>
        facts.Types.CancellationToken is { } token
        && family.All(each => each.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation
            && !each.Parameters.Any(parameter => parameter.IsParams || IsToken(parameter.Type, token))
            && !EventHandlers.HasSignature(each)
            && !facts.FreeToBlock.Contains(each)
            && !IsBoundByName(each, facts)
            && !facts.References.Of(each, cancel).Any(use => use is IMethodReferenceOperation));

    private static bool IsToken(ITypeSymbol type, INamedTypeSymbol token) =>
        SymbolEqualityComparer.Default.Equals(type, token)
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } && SymbolEqualityComparer.Default.Equals(inner, token));

    // A hub's method, middleware, what an attribute gives to a framework: a parameter more is an argument more. Controllers and pages know tokens.
    private static bool IsBoundByName(IMethodSymbol method, CompilationFacts facts) =>
        !Binders.Any(binder => facts.Types[binder] is { } root && DerivesFrom(method.ContainingType, root))
        && ((method.DeclaredAccessibility == Accessibility.Public && facts.Requests.IsRequestType(method.ContainingType))
            || method.GetAttributes().Any(each => each.AttributeClass is { } attribute && !IsOfSystem(attribute)));

    private static bool IsOfSystem(INamedTypeSymbol attribute)
    {
        var outermost = attribute.ContainingNamespace;
        while (outermost is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
        {
            outermost = outermost.ContainingNamespace;
        }

        return outermost?.Name == "System";
    }

    private static bool DerivesFrom(INamedTypeSymbol type, INamedTypeSymbol root)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, root))
            {
                return true;
            }
        }

        return false;
    }
}
