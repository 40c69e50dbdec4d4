namespace AsyncGuard.Toolbox;

/// <summary>Which functions of this compilation can this call run? None where some other assembly may have a say.</summary>
internal sealed class CallTargets(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IMethodSymbol>> _overridable = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _types = new(() => DeclaredTypes.Below(facts.Compilation.Assembly.GlobalNamespace));

    public ImmutableArray<IMethodSymbol> Of(IOperation operation) => operation switch
    {
        IInvocationOperation { IsVirtual: true, Instance: { } instance } call when !IsExact(instance.Bare()) => Of(call.TargetMethod),
        IInvocationOperation call => Itself(call.TargetMethod),
        IAwaitOperation wait => Of(wait.Operation.Bare()),
        IObjectCreationOperation { Constructor: { } constructor } => Itself(constructor),
        _ => [],
    };

    /// <summary>The same for an accessor or another member that is used on this object.</summary>
    public ImmutableArray<IMethodSymbol> On(IMethodSymbol member, IOperation? instance) =>
        instance is null or { Syntax: BaseExpressionSyntax } || IsExact(instance.Bare()) ? Itself(member) : Of(member);

    /// <summary>The same for a method of which only the name is known.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        return !IsOfThisCompilation(definition) ? []
            : !IsOverridable(definition) ? [definition]
            : IsOpenToOthers(definition) ? []
            : _overridable.GetOrAdd(definition, AllOf);
    }

    public bool IsOfThisCompilation(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, facts.Compilation.Assembly);

    private ImmutableArray<IMethodSymbol> Itself(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        return IsOfThisCompilation(definition) && !definition.IsAbstract ? [definition] : [];
    }

    private static bool IsOverridable(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed;

    /// <summary>Whether code of other assemblies may have a say here: a library's public contract is anybody's to implement, a program's is not.</summary>
    public bool IsOpenToOthers(ISymbol member)
    {
        if (facts.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication)
        {
            return false;
        }

        for (var it = member; it is not (null or INamespaceSymbol); it = it.ContainingSymbol)
        {
            if (it.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsExact(IOperation instance) => instance is IObjectCreationOperation or { Type.IsSealed: true, Type.TypeKind: TypeKind.Struct };

    private ImmutableArray<IMethodSymbol> AllOf(IMethodSymbol method)
    {
        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        if (!method.IsAbstract)
        {
            found.Add(method);
        }

        foreach (var type in _types.Value)
        {
            var target = method.ContainingType.TypeKind == TypeKind.Interface ? ImplementationIn(type, method) : OverrideIn(type, method);
            if (target is not null && !target.IsAbstract && !found.Contains(target))
            {
                found.Add(target);
            }
        }

        return found.ToImmutable();
    }

    private static IMethodSymbol? OverrideIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            for (var it = (member as IMethodSymbol)?.OverriddenMethod; it is not null; it = it.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(it.OriginalDefinition, method))
                {
                    return (IMethodSymbol)member;
                }
            }
        }

        return null;
    }

    private static IMethodSymbol? ImplementationIn(INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var contract in type.AllInterfaces)
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct && SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, method.ContainingType))
            {
                foreach (var member in contract.GetMembers(method.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method))
                    {
                        return (type.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition;
                    }
                }
            }
        }

        return null;
    }
}
