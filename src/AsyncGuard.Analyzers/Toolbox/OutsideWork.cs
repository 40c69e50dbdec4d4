namespace AsyncGuard.Toolbox;

/// <summary>Does this operation leave the program's memory, or run code that waits: the error that a reader expects to be shown?</summary>
/// <remarks>A cast, an index or a check fails as well, but convinces nobody where a file is written in the line below.</remarks>
internal static class OutsideWork
{
    public static bool Is(IOperation operation, Awaitability awaitables) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.DelegateInvoke } method } call => awaitables.IsAwaitable(call.Type) || IsOutside(method.ContainingType),
        IObjectCreationOperation { Type: INamedTypeSymbol type } => IsOutside(type),
        IAwaitOperation => true,
        _ => false,
    };

    // Files, networks, processes, databases; and other people's libraries, most of which are for these.
    private static bool IsOutside(INamedTypeSymbol? type) => type is not null
        && (!SystemNamespaces.IsBelowSystem(type.ContainingNamespace)
            || SystemNamespaces.IsIn(type, "IO") || SystemNamespaces.IsIn(type, "Net") || SystemNamespaces.IsIn(type, "Data")
            || type is { Name: "Process", ContainingNamespace.Name: "Diagnostics" })
        && type.Name is not "Path";
}
