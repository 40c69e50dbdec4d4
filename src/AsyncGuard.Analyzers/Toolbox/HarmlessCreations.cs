namespace AsyncGuard.Toolbox;

/// <summary>Which objects are only made, and nothing opened, read or connected with them?</summary>
internal sealed class HarmlessCreations(Compilation compilation, KnownTypes types)
{
    /// <summary>Constructors of the core library check their arguments and do nothing else; others open, read and connect.</summary>
    public bool Includes(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType;
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
        {
            return SystemNamespaces.IsIn(type, "Collections") || SystemNamespaces.IsIn(type, "Threading") || SystemNamespaces.IsIn(type, "Text") || SystemNamespaces.IsIn(type, "Diagnostics") || SystemNamespaces.IsSystem(type.ContainingNamespace)
                || IsException(type) || type.IsRecord || IsData(type, constructor) || (constructor.Parameters.IsEmpty && SystemNamespaces.IsBelowSystem(type.ContainingNamespace))
                || type.IsValueType || type.TypeKind == TypeKind.Delegate || OnlyKeeps(constructor) || (constructor.Parameters.IsEmpty && OnlyHolds(type));
        }

        return constructor.IsImplicitlyDeclared && (type.BaseType is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType } || IsException(type));
    }

    // A property of the same name and type for each parameter: a message, whose maker stores what it is given.
    private static bool OnlyKeeps(IMethodSymbol constructor)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (!IsKept(parameter, constructor.ContainingType))
            {
                return false;
            }
        }

        return !constructor.Parameters.IsEmpty;
    }

    private static bool IsKept(IParameterSymbol parameter, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol property && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type))
            {
                return true;
            }
        }

        return false;
    }

    // Properties and nothing that does anything: what is sent, stored, configured.
    private static bool OnlyHolds(INamedTypeSymbol type)
    {
        for (var it = type; it is not { SpecialType: SpecialType.System_Object }; it = it.BaseType)
        {
            if (it is null || !HasOnlyProperties(it))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasOnlyProperties(INamedTypeSymbol type)
    {
        var any = false;
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false, DeclaredAccessibility: Accessibility.Public } or IEventSymbol)
            {
                return false;
            }

            any |= member is IPropertySymbol { SetMethod: not null };
        }

        return any;
    }

    private bool IsException(ITypeSymbol type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, types.Exception))
            {
                return true;
            }
        }

        return false;
    }

    // What an event or a message carries.
    private bool IsData(INamedTypeSymbol type, IMethodSymbol constructor) =>
        constructor.Parameters.IsEmpty && SymbolEqualityComparer.Default.Equals(type.BaseType, types["System.EventArgs"]) && type.BaseType is not null;
}
