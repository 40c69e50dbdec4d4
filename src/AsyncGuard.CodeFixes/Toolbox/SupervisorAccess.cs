using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>How does code at this place reach a <c>Supervisor</c>: its own, or <c>Supervisor.Default</c>?</summary>
internal static class SupervisorAccess
{
    /// <summary>An expression for the supervisor; <see langword="null"/> where the project does not have the runtime.</summary>
    public static ExpressionSyntax? At(SyntaxNode place, SemanticModel model, CancellationToken cancel = default)
    {
        if (CompilationFacts.Of(model.Compilation).Types.Supervisor is not { } supervisor)
        {
            return null;
        }

        // Look-up at the place itself knows what static functions, shadowing and nesting hide.
        foreach (var symbol in model.LookupSymbols(place.SpanStart).Where(each => !each.IsImplicitlyDeclared && IsSupervisor(each, supervisor)))
        {
            if (symbol is IParameterSymbol || (symbol is ILocalSymbol local && IsDeclaredBefore(local, place, cancel)) || IsReachable(symbol, place, model, cancel))
            {
                return SyntaxFactory.IdentifierName(symbol.Name);
            }
        }

        return SyntaxFactory.ParseExpression("global::AsyncGuard.Supervisor.Default").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation);
    }

    private static bool IsSupervisor(ISymbol symbol, INamedTypeSymbol supervisor) => SymbolEqualityComparer.Default.Equals(supervisor, symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    });

    private static bool IsDeclaredBefore(ILocalSymbol local, SyntaxNode place, CancellationToken cancel) =>
        local.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax(cancel).Span.End <= place.SpanStart;

    // An instance member needs an instance: not in a static member, nor in a field's initialiser.
    private static bool IsReachable(ISymbol member, SyntaxNode place, SemanticModel model, CancellationToken cancel) =>
        member is IFieldSymbol or IPropertySymbol { GetMethod: not null }
        && (member.IsStatic || model.GetEnclosingSymbol(place.SpanStart, cancel) is { } within && !IsStatic(within));

    private static bool IsStatic(ISymbol within)
    {
        for (var it = within; it is not null and not INamedTypeSymbol; it = it.ContainingSymbol)
        {
            if (it is IFieldSymbol || it.IsStatic)
            {
                return true;
            }
        }

        return false;
    }
}
