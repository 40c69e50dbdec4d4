namespace AsyncGuard.Toolbox;

/// <summary>Which types does this compilation register as scoped services, and as nothing else?</summary>
/// <remarks>Looked for once in the whole compilation, when a suspicious site first asks: by name, and bound only where a name fits.</remarks>
internal sealed class ScopedRegistrations(CompilationFacts facts)
{
    private static readonly string[] Registrations =
        ["AddScoped", "TryAddScoped", "AddKeyedScoped", "AddDbContext", "AddDbContextPool", "Scoped"];

    private static readonly string[] OtherRegistrations = ["AddSingleton", "TryAddSingleton", "AddTransient", "TryAddTransient"];

    private readonly Lazy<HashSet<string>> _mentioned = new(() => Mentioned(facts));
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _registered = new(() => Registered(facts));

    // First by name: to bind the registrations is to bind the whole start of the application.
    public bool Have(ITypeSymbol type) => _mentioned.Value.Contains(type.Name) && _registered.Value.Contains(type.OriginalDefinition);

    // The names that stand in registrations as scoped; where the types are inferred, their names.
    private static HashSet<string> Mentioned(CompilationFacts facts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            foreach (var registration in Registrations)
            {
                foreach (var name in NamesInTree.Of(registration, tree, CancellationToken.None))
                {
                    AddNames(name, names);
                    if (name is not GenericNameSyntax)
                    {
                        Each(name, registration, facts, type => names.Add(type.Name));
                    }
                }
            }
        }

        return names;
    }

    private static void AddNames(SimpleNameSyntax registration, HashSet<string> names)
    {
        foreach (var token in registration.DescendantTokens())
        {
            names.Add(token.ValueText);
        }
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
            Each(name, method, facts, take);
        }
    }

    private static void Each(SimpleNameSyntax name, string method, CompilationFacts facts, Action<ITypeSymbol> take)
    {
        var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>();
        if (call is null || facts.Bodies.ModelOf(name.SyntaxTree).GetOperation(call) is not IInvocationOperation { TargetMethod: var target } registration
            || target.Name != method || target.ContainingNamespace is not { Name: "DependencyInjection" or "Extensions" })
        {
            return;
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
