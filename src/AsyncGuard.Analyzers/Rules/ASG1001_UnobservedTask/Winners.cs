using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Is this the task that ended first of several, which whoever waits for one of them lets go?</summary>
internal static class Winners
{
    /// <summary><c>Task.WhenAny(…).GetAwaiter().GetResult()</c>, or a wrapper that does the same: what it gives back began elsewhere.</summary>
    public static bool IsOne(IInvocationOperation call)
    {
        for (var it = ReceiverOf(call); it is not null; it = ReceiverOf(it))
        {
            if (it is IInvocationOperation { TargetMethod: { Name: "WhenAny", ContainingType.Name: "Task", TypeArguments.IsEmpty: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: { } instance } => instance.Bare(),
        IInvocationOperation { TargetMethod: { IsExtensionMethod: true, OriginalDefinition.ReturnType: ITypeParameterSymbol }, Arguments: [{ Value: var first }, ..] } => first.Bare(),
        _ => null,
    };
}
