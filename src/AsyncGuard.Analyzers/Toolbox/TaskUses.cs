namespace AsyncGuard.Toolbox;

/// <summary>Does this use of a stored task, or of a collection of tasks, let anybody learn how it ends?</summary>
/// <remarks>What it does not know counts as a look: a method that is given the task may await it.</remarks>
internal sealed class TaskUses(CompilationFacts facts)
{
    /// <summary>Whether the task is looked at here. Not where it is only put away, compared with null, asked whether it is over, or used as a value.</summary>
    public bool Observes(IOperation? use)
    {
        if (use is null)
        {
            return true;
        }

        var value = Outermost(use);
        return value.Parent switch
        {
            IAssignmentOperation { Parent: IExpressionStatementOperation } assignment when assignment.Target == value => false,
            ISimpleAssignmentOperation { Target: var target } when target.IsDiscard() => false,
            IExpressionStatementOperation or INameOfOperation or ILockOperation => false,
            IConditionalAccessOperation access => access.Operation == value ? Observes(TaskPlaces.FirstIn(access.WhenNotNull)) : Observes(access),
            IPropertyReferenceOperation property when property.Instance == value => LearnsFrom(property),
            IInvocationOperation call when call.Instance == value => LearnsFrom(call, value),
            IIsPatternOperation { Pattern: var pattern } => !TaskQuestions.OnlyAsks(pattern) && TaskValues.UseOf(use) == TaskValueUse.None,
            IForEachLoopOperation loop when loop.Collection == value => LearnsFromElements(loop),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "ToArray" or "ToList", ContainingType.Name: "Enumerable" } } copy } => Observes(copy),
            IArrayElementReferenceOperation element when element.ArrayReference == value => Observes(element),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true, Instance: null } call } argument when call.Arguments[0] == argument && TaskCollections.Asks(call) =>
                LearnsFromFilter(call),
            _ => TaskValues.UseOf(use) == TaskValueUse.None,
        };
    }

    private bool LearnsFrom(IPropertyReferenceOperation property) => property.Property switch
    {
        { Name: var name } when TaskQuestions.TellNothing(name) => false,
        { Name: "Count" or "Length" or "LongLength" or "Capacity" or "IsEmpty" or "IsReadOnly" or "Keys" or "SyncRoot" } => false,
        { Name: "Key", ContainingType.Name: "KeyValuePair" } => false,
        { IsIndexer: true } or { Name: "Value", ContainingType.Name: "KeyValuePair" } => Observes(property),
        _ => true,
    };

    private bool LearnsFrom(IInvocationOperation call, IOperation value)
    {
        if (facts.Waits.Behind(call) == value)
        {
            return Observes(call);
        }

        return call.TargetMethod.Name switch
        {
            "Start" or "RunSynchronously" or "Dispose" or "GetHashCode" => false,
            _ when TaskValues.UseOf(value) != TaskValueUse.None => false,
            _ when IsOfMember(value) && facts.Continuations.IsContinuation(call) => LearnsAfter(call),
            _ when TaskCollections.Keeps(call) => GivesOut(call),
            _ when TaskCollections.Takes(call) => Observes(call),
            _ when TaskCollections.Asks(call) => LearnsFromFilter(call),
            _ => true,
        };
    }

    // foreach (var pair in _tasks.ToArray()) { pair.Key.Cancel(); } sees no task.
    private bool LearnsFromElements(IForEachLoopOperation loop)
    {
        if (loop.Locals is not [{ Type: var type } each] || !(facts.Awaitables.IsAwaitable(type) || type.Name == "KeyValuePair"))
        {
            return true;
        }

        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var local } reference && SymbolEqualityComparer.Default.Equals(local, each) && Observes(reference))
            {
                return true;
            }
        }

        return false;
    }

    // _running.ContinueWith(_ => _running = null); what a local's continuation hides is reported there (ASG1011).
    private bool LearnsAfter(IInvocationOperation continuation) =>
        facts.Continuations.SightOf(continuation, CancellationToken.None) == FaultSight.Seen || facts.Observation.FateOf(continuation) == Fate.Observed;

    private static bool IsOfMember(IOperation task) => (task is IConditionalAccessInstanceOperation behind ? TaskPlaces.Receiver(behind)?.Bare() : task) is IMemberReferenceOperation;

    // TryRemove(id, out _), TryDequeue(out _) throw the task away; out var task hands it to somebody.
    private static bool GivesOut(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out } && argument.Value is not IDiscardOperation)
            {
                return true;
            }
        }

        return call.Parent is not IExpressionStatementOperation && !(call.Type is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 or SpecialType.System_Void } or null);
    }

    // RemoveAll(t => t.IsCompleted)
    private bool LearnsFromFilter(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Bare() is IDelegateCreationOperation { Target: var target } && (target is not IAnonymousFunctionOperation lambda || LearnsIn(lambda)))
            {
                return true;
            }
        }

        return false;
    }

    private bool LearnsIn(IAnonymousFunctionOperation lambda)
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is IParameterReferenceOperation { Parameter.ContainingSymbol: var owner } parameter && SymbolEqualityComparer.Default.Equals(owner, lambda.Symbol)
                && facts.Awaitables.IsAwaitable(parameter.Type) && Observes(parameter))
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation Outermost(IOperation use)
    {
        while (use.Parent is IConversionOperation { OperatorMethod: null })
        {
            use = use.Parent;
        }

        return use;
    }
}
