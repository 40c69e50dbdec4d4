using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Which functions of this compilation may run when a member of one of its interfaces is called?</summary>
internal static class Implementations
{
    public static ImmutableArray<IMethodSymbol> Of(IMethodSymbol method, CompilationFacts facts, CancellationToken cancel)
    {
        var contract = method.OriginalDefinition;
        if (contract.ContainingType.TypeKind != TypeKind.Interface || !facts.Targets.IsOfThisCompilation(contract))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        foreach (var symbol in facts.Compilation.GetSymbolsWithName(contract.Name, SymbolFilter.Member, cancel))
        {
            if (symbol is IMethodSymbol { IsAbstract: false, ContainingType: { } type } candidate && Implements(type, contract, candidate))
            {
                found.Add(candidate);
            }
        }

        return found.ToImmutable();
    }

    private static bool Implements(INamedTypeSymbol type, IMethodSymbol contract, IMethodSymbol candidate)
    {
        foreach (var each in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(each.OriginalDefinition, contract.ContainingType))
            {
                foreach (var member in each.GetMembers(contract.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), candidate))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
