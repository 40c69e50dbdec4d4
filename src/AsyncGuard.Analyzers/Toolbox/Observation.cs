namespace AsyncGuard.Toolbox;

/// <summary>What becomes of an awaitable.</summary>
internal enum Fate
{
    /// <summary>Awaited, returned, passed on, stored where somebody may look, or its fault is read.</summary>
    Observed,

    /// <summary>An expression statement, or the body of a lambda or member that returns nothing.</summary>
    Dropped,

    /// <summary>Assigned to <c>_</c>.</summary>
    Discarded,

    /// <summary>Stored in a local that nobody reads.</summary>
    Unread,
}

/// <summary>Does anybody learn how this task ended?</summary>
internal sealed class Observation(CompilationFacts facts)
{
    public Fate FateOf(IOperation awaitable)
    {
        var value = awaitable;
        while (Passed(value) is { } next)
        {
            value = next;
        }

        return value.Parent switch
        {
            IInvocationOperation call when IsContinuation(call) && (call.Instance == value || call.Arguments is [{ Value: var first }, ..] && first == value) =>
                LooksAtFault(call) ? Fate.Observed : FateOf(call),
            IExpressionStatementOperation => Fate.Dropped,
            ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var assigned } when assigned == value => Fate.Discarded,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } => IsRead(local, value) ? Fate.Observed : Fate.Unread,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent.Parent.Parent: not IUsingOperation } } => IsRead(local, value) ? Fate.Observed : Fate.Unread,
            _ => Fate.Observed,
        };
    }

    /// <summary>The operations that made what this value passes on: a call for each branch of a choice.</summary>
    public ImmutableArray<IOperation> OriginsOf(IOperation value)
    {
        var origins = ImmutableArray.CreateBuilder<IOperation>();
        AddOrigins(value, origins);
        return origins.ToImmutable();
    }

    /// <summary><c>ContinueWith</c> of a task.</summary>
    public bool IsContinuation(IInvocationOperation call) => call.TargetMethod.Name == "ContinueWith" && facts.Awaitables.IsTask(call.TargetMethod.ContainingType);

    private void AddOrigins(IOperation value, ImmutableArray<IOperation>.Builder origins)
    {
        switch (value.Bare())
        {
            case IConditionalAccessOperation access:
                AddOrigins(access.WhenNotNull, origins);
                break;
            case IConditionalOperation { WhenFalse: { } no } choice:
                AddOrigins(choice.WhenTrue, origins);
                AddOrigins(no, origins);
                break;
            case ICoalesceOperation choice:
                AddOrigins(choice.Value, origins);
                AddOrigins(choice.WhenNull, origins);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    AddOrigins(arm.Value, origins);
                }

                break;
            case IInvocationOperation call when PassedOn(call) is { } task:
                AddOrigins(task, origins);
                break;
            case var made:
                origins.Add(made);
                break;
        }
    }

    // One step outward, as long as it is the same task in another coat.
    private IOperation? Passed(IOperation value) => value.Parent switch
    {
        IConversionOperation or IParenthesizedOperation => value.Parent,
        IArgumentOperation { Parent: IInvocationOperation call } when PassedOn(call) == value => call,
        IInvocationOperation call when PassedOn(call) == value => call,
        IConditionalAccessOperation access when access.WhenNotNull == value => access,
        IConditionalOperation choice when choice.Condition != value => choice,
        ICoalesceOperation choice => choice,
        ISwitchExpressionArmOperation { Parent: { } choice } => choice,
        _ => null,
    };

    private IOperation? PassedOn(IInvocationOperation call) => facts.Waits.Behind(call)
        ?? (call is { TargetMethod: { Name: "Unwrap", IsExtensionMethod: true }, Arguments: [{ Value: var inner }] } && facts.Awaitables.IsTask(inner.Type) ? inner : null);

    private static bool LooksAtFault(IInvocationOperation continuation)
    {
        foreach (var argument in continuation.Arguments)
        {
            if (argument.Value.Bare() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
            {
                return ReadsFault(lambda);
            }
        }

        return true; // a method of somebody's: the benefit of the doubt
    }

    private static bool ReadsFault(IAnonymousFunctionOperation lambda)
    {
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is IParameterReferenceOperation { Parent: not IPropertyReferenceOperation { Property.Name: "Id" or "IsCompleted" or "IsCanceled" or "AsyncState" } } antecedent
                && lambda.Symbol.Parameters.Length > 0
                && SymbolEqualityComparer.Default.Equals(antecedent.Parameter, lambda.Symbol.Parameters[0]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRead(ILocalSymbol local, IOperation at)
    {
        var root = at;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        foreach (var operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read } reference
                && SymbolEqualityComparer.Default.Equals(read, local)
                && !(reference.Parent is ISimpleAssignmentOperation { Target: var target, Parent: IExpressionStatementOperation } && target == reference))
            {
                return true;
            }
        }

        return false;
    }
}
