using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Where is a task of a task awaited, or handed on, so that the inner one is out of reach?</summary>
internal readonly struct InnerTasks(CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>The first such place; <see langword="null"/> where somebody takes the inner task, or nobody awaits even the outer.</summary>
    public IOperation? FirstLoss(IOperation outer)
    {
        var (use, isOuterOnly) = UseOf(outer);
        return use.Parent switch
        {
            IAwaitOperation wait => isOuterOnly || IsDropped(wait) ? wait : null,
            IInvocationOperation { TargetMethod.Name: "Wait" } wait when wait.Instance == use => wait,
            IInvocationOperation { TargetMethod.Name: "GetAwaiter", Parent: IInvocationOperation { TargetMethod.Name: "GetResult" } end } => isOuterOnly || IsDropped(end) ? end : null,
            IPropertyReferenceOperation { Property.Name: "Result" } result => IsDropped(result) ? result : null,
            ISimpleAssignmentOperation { Target: var target } when target.IsDiscard() => null, // the whole is dropped: ASG1001
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } => OfLocal(local, use, isOuterOnly),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => OfLocal(local, use, isOuterOnly),
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member } } assignment => isOuterOnly && IsLookedAt(member, use) ? assignment : null,
            IFieldInitializerOperation { InitializedFields: [var field, ..] } initial => isOuterOnly && IsLookedAt(field, use) ? initial : null,
            IPropertyInitializerOperation { InitializedProperties: [var property, ..] } initial => isOuterOnly && IsLookedAt(property, use) ? initial : null,
            IArgumentOperation { Parent: IInvocationOperation call } => isOuterOnly && IsKept(call) ? call : null,
            IReturnOperation or IArgumentOperation or ISimpleAssignmentOperation or IArrayInitializerOperation or ICollectionExpressionOperation =>
                isOuterOnly ? use.Parent : null,
            _ => null,
        };
    }

    // The same task in another coat; Task<Task> taken for a Task has lost its inner one.
    private (IOperation Use, bool IsOuterOnly) UseOf(IOperation task)
    {
        var isOuterOnly = false;
        while (true)
        {
            switch (task.Parent)
            {
                case IConversionOperation { Type: { } type } conversion when facts.Awaitables.IsAwaitable(type):
                    isOuterOnly |= SymbolEqualityComparer.Default.Equals(type, facts.Types.Task);
                    task = conversion;
                    break;
                case ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                    task = task.Parent;
                    break;
                case IConditionalOperation choice when choice.Condition != task:
                    task = choice;
                    break;
                case IConditionalAccessOperation access when access.WhenNotNull == task:
                    task = access;
                    break;
                case IInvocationOperation call when facts.Waits.Behind(call) == task:
                    task = call;
                    break;
                default:
                    return (task, isOuterOnly);
            }
        }
    }

    private IOperation? OfLocal(ILocalSymbol local, IOperation at, bool isOuterOnly)
    {
        if (!IsLookedAt(local, at))
        {
            return null;
        }

        IOperation? loss = null;
        foreach (var operation in at.Root().Descendants())
        {
            cancel.ThrowIfCancellationRequested();
            if (operation is ILocalReferenceOperation { Local: var read } reference && SymbolEqualityComparer.Default.Equals(read, local) && facts.Observation.LooksAt(reference))
            {
                if (FirstLoss(reference) is { } lost)
                {
                    loss ??= lost;
                }
                else if (!isOuterOnly)
                {
                    return null; // somebody takes the inner one
                }
                else
                {
                    loss ??= reference;
                }
            }
        }

        return loss;
    }

    private static bool IsDropped(IOperation value) => value.Parent is IExpressionStatementOperation || (value.Parent is ISimpleAssignmentOperation { Target: var target } && target.IsDiscard());

    // What is stored and never looked at is lost as a whole, which is another rule's.
    private bool IsLookedAt(ISymbol storage, IOperation at) => facts.StoredTasks.IsObserved(storage, at, cancel);

    private bool IsKept(IInvocationOperation call) => TaskCollections.PutBy(call, facts.Awaitables) is not var (collection, _) || collection.Bare() switch
    {
        ILocalReferenceOperation { Local: var local } => IsLookedAt(local, call),
        IMemberReferenceOperation { Member: var member } => IsLookedAt(member, call),
        _ => true,
    };
}
