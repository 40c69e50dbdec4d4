namespace AsyncGuard.Toolbox;

/// <summary>Does this call only queue a command, whose task ends once the whole batch or transaction is executed? To await it before would wait for ever.</summary>
internal static class QueuedCommands
{
    public static bool AreMadeBy(IInvocationOperation call) => call is { TargetMethod.ContainingType.Name: not "ITransaction" } && IsOfQueue(call);

    /// <summary>Whether this is called on a batch or a transaction.</summary>
    public static bool IsOfQueue(IInvocationOperation call) => call.Instance?.Bare().Type is INamedTypeSymbol receiver && IsQueue(receiver);

    // ITransaction is a batch, and so is whatever else implements it.
    private static bool IsQueue(INamedTypeSymbol type)
    {
        if (IsBatch(type))
        {
            return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (IsBatch(contract))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBatch(INamedTypeSymbol type) => type is { Name: "IBatch", ContainingNamespace: { Name: "Redis", ContainingNamespace.Name: "StackExchange" } };
}
