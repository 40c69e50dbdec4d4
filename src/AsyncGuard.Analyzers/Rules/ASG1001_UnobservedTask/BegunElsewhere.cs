using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does this call begin no work, but give back a task that was there before, or one that it was handed?</summary>
internal static class BegunElsewhere
{
    public static bool IsOne(IInvocationOperation call, CompilationFacts facts) => IsTakenOut(call.TargetMethod) || IsWinner(call) || IsHandedOn(call, facts);

    // Task.Run(…).LogExceptions() of another project: whoever is handed the task looks at it. What .NET makes of one looks at nothing, and what is written here is read.
    private static bool IsHandedOn(IInvocationOperation call, CompilationFacts facts)
    {
        if (SystemNamespaces.IsBelowSystem(call.TargetMethod.ContainingNamespace) || facts.Targets.IsOfThisCompilation(call.TargetMethod.ReducedFrom ?? call.TargetMethod))
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Bare() is IInvocationOperation or IObjectCreationOperation && facts.Awaitables.IsAwaitable(argument.Value.Type))
            {
                return true;
            }
        }

        return false;
    }

    // Interlocked.Exchange(ref _running, next), _queue.Dequeue()
    private static bool IsTakenOut(IMethodSymbol method) => method.Name switch
    {
        "Exchange" or "CompareExchange" => method.ContainingType is { Name: "Interlocked" } type && SystemNamespaces.IsIn(type, "Threading"),
        "Dequeue" or "Pop" or "Take" => SystemNamespaces.IsIn(method.ContainingType, "Collections"),
        _ => false,
    };

    // Task.WhenAny(…).GetAwaiter().GetResult(), or a wrapper that does the same.
    private static bool IsWinner(IInvocationOperation call)
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
