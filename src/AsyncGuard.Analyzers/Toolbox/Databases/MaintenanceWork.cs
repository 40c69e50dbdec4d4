namespace AsyncGuard.Toolbox.Databases;

/// <summary>Is this code, or this statement, there for work that may take as long as it likes?</summary>
internal static class MaintenanceWork
{
    private static readonly ImmutableArray<string> Statements =
        ["VACUUM", "REINDEX", "CREATE INDEX", "CREATE UNIQUE INDEX", "ALTER", "OPTIMIZE", "DBCC", "BACKUP", "RESTORE", "CLUSTER", "ANALYZE", "LISTEN", "COPY"];

    /// <summary>By the name of a member, one of its types or a segment of their namespace.</summary>
    public static bool IsNamed(ISymbol? member, NamePattern pattern)
    {
        for (var it = member; it is not (null or INamespaceSymbol { IsGlobalNamespace: true } or IAssemblySymbol or IModuleSymbol); it = it.ContainingSymbol)
        {
            if (pattern.Matches(it.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By how the SQL begins.</summary>
    public static bool IsStatement(string sql)
    {
        var text = sql.TrimStart();
        foreach (var statement in Statements)
        {
            if (text.StartsWith(statement, StringComparison.OrdinalIgnoreCase) && (text.Length == statement.Length || !char.IsLetterOrDigit(text[statement.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
