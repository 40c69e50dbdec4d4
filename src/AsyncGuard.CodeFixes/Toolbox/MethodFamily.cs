using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Which methods must have the signature that this one has: what it overrides or implements, what overrides or implements that, and so on?</summary>
internal static class MethodFamily
{
    /// <summary>Whether the method's signature is not its own to change.</summary>
    public static bool IsShared(IMethodSymbol method) =>
        method is { IsOverride: true } or { IsVirtual: true } or { IsAbstract: true } or { ExplicitInterfaceImplementations.IsEmpty: false }
        || method.ContainingType is { TypeKind: TypeKind.Interface } || Implements(method);

    /// <summary>The method and its relatives, by their definitions; <see langword="null"/> where one of them is not of this compilation.</summary>
    public static IReadOnlyCollection<IMethodSymbol>? Of(IMethodSymbol method, CompilationFacts facts)
    {
        var family = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { method.OriginalDefinition };
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction || !IsShared(method))
        {
            return family;
        }

        var bonds = BondsOf(method, facts.Compilation);
        for (var before = 0; before != family.Count;)
        {
            before = family.Count;
            foreach (var (one, other) in bonds)
            {
                if (family.Contains(one) || family.Contains(other))
                {
                    family.Add(one);
                    family.Add(other);
                }
            }
        }

        return family.All(facts.Targets.IsOfThisCompilation) ? family : null;
    }

    // What overrides what, and what implements what, among all that goes by the name.
    private static List<(IMethodSymbol One, IMethodSymbol Other)> BondsOf(IMethodSymbol method, Compilation compilation)
    {
        var name = method.ExplicitInterfaceImplementations is [var first, ..] ? first.Name : method.Name;
        var bonds = new List<(IMethodSymbol, IMethodSymbol)>();
        foreach (var type in DeclaredTypes.Below(compilation.Assembly.GlobalNamespace))
        {
            foreach (var member in type.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (member.OverriddenMethod is { } overridden)
                {
                    bonds.Add((member.OriginalDefinition, overridden.OriginalDefinition));
                }
            }

            if (type.TypeKind != TypeKind.Interface)
            {
                bonds.AddRange(type.AllInterfaces.SelectMany(each => each.GetMembers(name)).OfType<IMethodSymbol>()
                    .Select(each => (type.FindImplementationForInterfaceMember(each)?.OriginalDefinition as IMethodSymbol, each.OriginalDefinition))
                    .Where(each => each.Item1 is not null)!);
            }
        }

        return bonds;
    }

    private static bool Implements(IMethodSymbol method)
    {
        foreach (var contract in method.ContainingType?.AllInterfaces ?? [])
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType!.FindImplementationForInterfaceMember(member), method))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
