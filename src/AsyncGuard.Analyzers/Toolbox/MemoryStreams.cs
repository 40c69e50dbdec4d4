namespace AsyncGuard.Toolbox;

/// <summary>Does asynchronous work go to memory only, so that it is over when its call returns?</summary>
internal static class MemoryStreams
{
    private const int Steps = 4;

    /// <summary>Reading, writing, copying and parsing of what lies in memory: a memory stream, an embedded resource, a string.</summary>
    public static bool IsWorkOn(IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal))
        {
            return false;
        }

        return call.TargetMethod.ContainingType.Name is "JsonSerializer"
            ? call.Arguments is [{ Value: var source }, ..] && IsInMemory(source, Steps)
            : call.Instance is { } instance && IsInMemory(instance, Steps) && (call.TargetMethod.Name != "CopyToAsync" || (call.Arguments is [{ Value: var target }, ..] && IsInMemory(target, Steps)));
    }

    private static bool IsInMemory(IOperation stream, int steps) => steps > 0 && stream.Bare() switch
    {
        IInvocationOperation { TargetMethod: { Name: "GetManifestResourceStream", ContainingType.Name: "Assembly" } } => true,
        IObjectCreationOperation { Type: { Name: "StreamReader" or "StreamWriter", ContainingNamespace: { Name: "IO" } space }, Arguments: [{ Value: var inner }, ..] } => SystemNamespaces.IsSystem(space.ContainingNamespace) && IsInMemory(inner, steps - 1),
        ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is { IsEmpty: false } values => AreInMemory(values, steps - 1) || IsMemory(local.Type),
        var other => IsMemory(other.Type),
    };

    private static bool AreInMemory(ImmutableArray<IOperation> values, int steps)
    {
        foreach (var value in values)
        {
            if (!IsInMemory(value, steps))
            {
                return false;
            }
        }

        return true;
    }

    // The types themselves: what is derived from them may do as it pleases.
    private static bool IsMemory(ITypeSymbol? type) =>
        type is { Name: "MemoryStream" or "UnmanagedMemoryStream" or "StringReader" or "StringWriter", ContainingNamespace: { Name: "IO" } space } && SystemNamespaces.IsSystem(space.ContainingNamespace);
}
