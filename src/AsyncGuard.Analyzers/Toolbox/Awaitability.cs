namespace AsyncGuard.Toolbox;

/// <summary>Can a value of this type be awaited?</summary>
/// <remarks>Tasks are known by symbol; any other type is looked at once, for an instance <c>GetAwaiter</c> of the await pattern.</remarks>
internal sealed class Awaitability(KnownTypes types)
{
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _others = new(SymbolEqualityComparer.Default);

    public bool IsAwaitable(ITypeSymbol? type)
    {
        if (type is null || type.SpecialType != SpecialType.None || type.TypeKind is TypeKind.Error or TypeKind.Dynamic)
        {
            return false;
        }

        return IsTask(type) || IsValueTask(type) || _others.GetOrAdd(type, static it => HasAwaiter(it));
    }

    /// <summary>A task or a value task: what has a <c>Result</c> to block on.</summary>
    public bool IsTaskLike(ITypeSymbol? type) => IsTask(type) || IsValueTask(type);

    /// <summary><c>Task</c>, <c>Task&lt;T&gt;</c> or a type derived from them.</summary>
    public bool IsTask(ITypeSymbol? type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, types.Task))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    public bool IsValueTask(ITypeSymbol? type) => type is { IsValueType: true, OriginalDefinition: var defined }
        && (SymbolEqualityComparer.Default.Equals(defined, types.ValueTask) || SymbolEqualityComparer.Default.Equals(defined, types.ValueTaskOfT));

    /// <summary>What begins its work only when somebody awaits it: <c>AsyncLazy&lt;T&gt;</c> and its like.</summary>
    public static bool IsLazy(ITypeSymbol? type)
    {
        for (var it = type; it is { SpecialType: SpecialType.None }; it = it.BaseType)
        {
            if (it.Name.Contains("Lazy"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAwaiter(ITypeSymbol type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            foreach (var member in it.GetMembers("GetAwaiter"))
            {
                if (member is IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true, TypeParameters.IsEmpty: true, ReturnsVoid: false } get
                    && get.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
                    && IsAwaiter(((IMethodSymbol)member).ReturnType))
                {
                    return true;
                }
            }
        }

        return (type.TypeKind == TypeKind.Interface && AnyHasAwaiter(ImmutableArray<ITypeSymbol>.CastUp(type.AllInterfaces)))
            || (type is ITypeParameterSymbol { ConstraintTypes: var constraints } && AnyHasAwaiter(constraints));
    }

    private static bool AnyHasAwaiter(ImmutableArray<ITypeSymbol> types)
    {
        foreach (var type in types)
        {
            if (HasAwaiter(type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAwaiter(ITypeSymbol type)
    {
        foreach (var member in type.GetMembers("IsCompleted"))
        {
            if (member is IPropertySymbol { IsStatic: false, Type.SpecialType: SpecialType.System_Boolean })
            {
                return !type.GetMembers("GetResult").IsEmpty;
            }
        }

        return false;
    }
}
