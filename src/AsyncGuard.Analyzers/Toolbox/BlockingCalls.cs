namespace AsyncGuard.Toolbox;

/// <summary>Which operation here blocks its thread on a task, and on which task?</summary>
/// <remarks>
/// <see cref="At"/> goes by kind and name and costs nothing for other code; <see cref="Holds"/> is for those few that it finds in a
/// function that the asking rule is about.
/// </remarks>
internal sealed class BlockingCalls(CompilationFacts facts)
{
    private readonly BlockingWrappers _wrappers = new(facts);

    /// <summary>The kinds of operation that can block on a task.</summary>
    public static ImmutableArray<OperationKind> Kinds { get; } = [OperationKind.PropertyReference, OperationKind.Invocation];

    /// <summary>The blocking read or call that this operation is; <see langword="null"/> for any other.</summary>
    public BlockingCall? At(IOperation operation, CancellationToken cancel) =>
        DirectlyAt(operation) ?? (operation is IInvocationOperation call ? _wrappers.At(call, cancel) : null);

    /// <summary>The same without the functions that block on what they are given.</summary>
    public BlockingCall? DirectlyAt(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } read when facts.Awaitables.IsTaskLike(task.Type) => new(read, BlockingForm.Result, Source(task)),
        IInvocationOperation call => AtCall(call),
        _ => null,
    };

    /// <summary>Whether it really holds the thread: not only named, not in an expression tree, and on a task that is not proven complete.</summary>
    public bool Holds(BlockingCall call) =>
        !IsOnlyNamed(call.Operation) && !IsProven(call) && !call.Operation.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]);

    private BlockingCall? AtCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "Wait" when call.Instance is { } task && facts.Awaitables.IsTask(method.ContainingType):
                return IsZero(call) ? null : new(call, BlockingForm.Wait, Source(task));
            case "GetResult" when AwaitedThrough(call.Instance) is { } task:
                return new(call, BlockingForm.GetResult, task);
            case "WaitAll" or "WaitAny" when method.IsStatic && facts.Awaitables.IsTask(method.ContainingType):
                return IsZero(call) || call.Arguments.IsEmpty ? null : new(call, method.Name == "WaitAll" ? BlockingForm.WaitAll : BlockingForm.WaitAny, call.Arguments[0].Value);
            default:
                return null;
        }
    }

    /// <summary>The task behind an awaiter, made in place or kept in a local.</summary>
    private IOperation? AwaitedThrough(IOperation? awaiter) => awaiter?.Bare() switch
    {
        IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } =>
            facts.Waits.Behind(awaited.Bare()) ?? (facts.Awaitables.IsTaskLike(awaited.Type) ? Source(awaited) : null),
        ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is [IInvocationOperation { TargetMethod.Name: "GetAwaiter" } made] => AwaitedThrough(made),
        _ => null,
    };

    // task?.Result: what stands before the question mark; task is { Result: … }: what is matched.
    private static IOperation Source(IOperation task) => task.Bare() switch
    {
        IConditionalAccessInstanceOperation here => TaskPlaces.Receiver(here) ?? task,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => Matched(task) ?? task,
        _ => task,
    };

    private static IOperation? Matched(IOperation input)
    {
        var depth = 0;
        for (var parent = input.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IPropertySubpatternOperation:
                    depth++;
                    break;
                case IIsPatternOperation matching:
                    return depth == 1 ? matching.Value : null;
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice }:
                    return depth == 1 ? choice.Value : null;
                case ISwitchCaseOperation { Parent: ISwitchOperation choice }:
                    return depth == 1 ? choice.Value : null;
            }
        }

        return null;
    }

    private bool IsProven(BlockingCall call) => call switch
    {
        { Task: null } => false,
        { Form: BlockingForm.WaitAll } => TaskSources.Listed(call.Task) is { IsEmpty: false } tasks && Proven(tasks, call.Operation) == tasks.Length,
        { Form: BlockingForm.WaitAny } => TaskSources.Listed(call.Task) is { } tasks && Proven(tasks, call.Operation) > 0,
        { Form: BlockingForm.GetResult, Operation: IInvocationOperation { Instance: ILocalReferenceOperation awaiter } } =>
            facts.Completion.IsProven(call.Task, call.Operation) || facts.Completion.IsProven(awaiter, call.Operation),
        _ => facts.Completion.IsProven(call.Task, call.Operation),
    };

    private int Proven(ImmutableArray<IOperation> tasks, IOperation at)
    {
        var proven = 0;
        foreach (var task in tasks)
        {
            proven += facts.Completion.IsProven(task, at) ? 1 : 0;
        }

        return proven;
    }

    // A wait of no time only asks.
    private static bool IsZero(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.IsNoTime())
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnlyNamed(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is INameOfOperation)
            {
                return true;
            }
        }

        return false;
    }
}
