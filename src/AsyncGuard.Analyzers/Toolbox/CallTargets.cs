namespace AsyncGuard.Toolbox;

/// <summary>Which function of this compilation does a call run? Only where it is known for certain: a virtual call may run code nobody sees.</summary>
internal sealed class CallTargets(CompilationFacts facts)
{
    public bool IsOfThisCompilation(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, facts.Compilation.Assembly);

    /// <summary>The function itself, unless what runs may be an override of it.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method)
    {
        var called = method.ReducedFrom ?? method;
        return IsOfThisCompilation(called) && !MayBeOverridden(called) ? [called.OriginalDefinition] : [];
    }

    /// <summary>What a call, creation or awaited call runs.</summary>
    public ImmutableArray<IMethodSymbol> Of(IOperation operation) => operation switch
    {
        IInvocationOperation { IsVirtual: true, Instance: var receiver } call => OfVirtual(call.TargetMethod, receiver),
        IInvocationOperation call when IsOfThisCompilation(call.TargetMethod) && !call.TargetMethod.IsAbstract => [(call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition],
        IObjectCreationOperation { Constructor: { } constructor } => Of(constructor),
        IAwaitOperation wait => Of(wait.Operation.Bare()),
        IPropertyReferenceOperation { Property.GetMethod: { } get } => Of(get),
        _ => [],
    };

    // The very type is known where the object is made on the spot.
    private ImmutableArray<IMethodSymbol> OfVirtual(IMethodSymbol method, IOperation? receiver)
    {
        if (receiver?.Bare() is IObjectCreationOperation { Type: INamedTypeSymbol made } && Implementation(method, made) is { } exact && IsOfThisCompilation(exact))
        {
            return [exact.OriginalDefinition];
        }

        return Of(method);
    }

    private static IMethodSymbol? Implementation(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            return type.FindImplementationForInterfaceMember(method) as IMethodSymbol;
        }

        for (var it = type; it is not null; it = it.BaseType)
        {
            foreach (var member in it.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate && (SymbolEqualityComparer.Default.Equals(candidate, method) || Overrides(candidate, method)))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static bool Overrides(IMethodSymbol candidate, IMethodSymbol method)
    {
        for (var it = candidate.OverriddenMethod; it is not null; it = it.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(it.OriginalDefinition, method.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayBeOverridden(IMethodSymbol method) => method.ContainingType is { } type
        && (type.TypeKind == TypeKind.Interface && !method.IsStatic
            || method.IsAbstract
            || ((method.IsVirtual || method.IsOverride) && !method.IsSealed && !type.IsSealed));
}
