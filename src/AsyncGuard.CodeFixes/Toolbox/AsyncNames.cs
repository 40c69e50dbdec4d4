using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What is a function called once it is async?</summary>
internal static class AsyncNames
{
    private const string Suffix = "Async";

    /// <summary>The name with <c>Async</c> for all of a family; the name they have where one of them may not be renamed, or the new one is taken.</summary>
    public static string Of(IReadOnlyCollection<IMethodSymbol> family, CompilationFacts facts)
    {
        var old = Plain(family.First());
        return old.EndsWith(Suffix, StringComparison.Ordinal) || family.Any(each => IsFixed(each, facts) || IsTaken(old + Suffix, each, facts)) ? old : old + Suffix;
    }

    /// <summary>The member's name without the interface that it implements.</summary>
    public static string Plain(ISymbol member) => member is IMethodSymbol { ExplicitInterfaceImplementations: [var first, ..] } ? first.Name : member.Name;

    // A program's start, a test's sentence, and what a client calls by name.
    private static bool IsFixed(IMethodSymbol method, CompilationFacts facts) =>
        method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation)
        || facts.FreeToBlock.Contains(method)
        || (method.DeclaredAccessibility == Accessibility.Public && facts.Requests.IsRequestType(method.ContainingType));

    private static bool IsTaken(string name, IMethodSymbol method, CompilationFacts facts)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return method.DeclaringSyntaxReferences is not [var declaration]
                || !facts.Bodies.ModelOf(declaration.SyntaxTree).LookupSymbols(declaration.Span.Start, name: name).IsEmpty;
        }

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).Any(each => IsSame(each, method)))
            {
                return true;
            }
        }

        return method.ContainingType.AllInterfaces.SelectMany(each => each.GetMembers(name)).Any(each => IsSame(each, method));
    }

    private static bool IsSame(ISymbol taken, IMethodSymbol method) => taken is not IMethodSymbol other
        || (other.Arity == method.Arity && other.Parameters.Length == method.Parameters.Length
            && other.Parameters.Zip(method.Parameters, (one, two) => SymbolEqualityComparer.Default.Equals(one.Type, two.Type)).All(same => same));
}
