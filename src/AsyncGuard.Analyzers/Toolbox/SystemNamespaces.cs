namespace AsyncGuard.Toolbox;

/// <summary>Which part of .NET is this of?</summary>
internal static class SystemNamespaces
{
    /// <summary>Whether the type stands in <c>System.&lt;part&gt;</c> or below.</summary>
    public static bool IsIn(INamedTypeSymbol? type, string part)
    {
        for (var it = type?.ContainingNamespace; it is { IsGlobalNamespace: false }; it = it.ContainingNamespace)
        {
            if (it.Name == part && IsSystem(it.ContainingNamespace))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsBelowSystem(INamespaceSymbol? space)
    {
        for (var it = space; it is { IsGlobalNamespace: false }; it = it.ContainingNamespace)
        {
            if (IsSystem(it))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsSystem(INamespaceSymbol? space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };
}
