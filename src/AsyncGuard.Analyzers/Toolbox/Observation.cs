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
    private const int LongestHandOver = 5;

    private readonly TaskForms _forms = new(facts);

    public Fate FateOf(IOperation awaitable) => FateOf(awaitable, LongestHandOver);

    /// <summary>Whether this use of a task that has a name leaves somebody who learns of its fault; a comparison, or a question whether it is over, does not.</summary>
    public bool LooksAt(IOperation reference, int handOvers = LongestHandOver)
    {
        var value = reference;
        while (_forms.Outward(value) is { } next)
        {
            value = next;
        }

        return value.Parent switch
        {
            ISimpleAssignmentOperation { Target: var target, Parent: IExpressionStatementOperation } when target == value => false,
            IPropertyReferenceOperation { Property.Name: var asked } when TaskQuestions.TellNothing(asked) => false,
            INameOfOperation or IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ThrowIfNull" } } => false,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => false,
            IIsPatternOperation { Pattern: var pattern } when TaskQuestions.OnlyAsks(pattern) => false,
            IInvocationOperation { TargetMethod.Name: "Dispose" or "ToString" or "GetHashCode" or "Equals" } call when call.Instance == value => false,
            _ => FateOf(value, handOvers) == Fate.Observed,
        };
    }

    private Fate FateOf(IOperation awaitable, int handOvers)
    {
        var value = awaitable;
        while (_forms.Outward(value) is { } next)
        {
            value = next;
        }

        if (handOvers == 0)
        {
            return Fate.Observed;
        }

        return value.Parent switch
        {
            IInvocationOperation call when call.Instance == value && facts.Continuations.IsContinuation(call) => Through(call, handOvers),
            IArgumentOperation { Parent: IInvocationOperation call } argument => facts.Receivers.Ignores(argument, handOvers, CancellationToken.None) ? Fate.Dropped
                : facts.Continuations.IsContinuation(call) && argument.Parameter is { Ordinal: 0 } ? Through(call, handOvers)
                : Fate.Observed,
            IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call } } }
                when facts.Continuations.IsContinuation(call) => Through(call, handOvers),
            IExpressionStatementOperation => Fate.Dropped,
            ISimpleAssignmentOperation { Target: var target, Value: var assigned } when assigned == value && target.IsDiscard() => Fate.Discarded,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } => IsRead(local, value, handOvers) ? Fate.Observed : Fate.Unread,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local, Parent.Parent.Parent: not IUsingOperation } } => IsRead(local, value, handOvers) ? Fate.Observed : Fate.Unread,
            _ => Fate.Observed,
        };
    }

    // What a continuation hides, nothing that follows it can see.
    private Fate Through(IInvocationOperation continuation, int handOvers) => facts.Continuations.SightOf(continuation, CancellationToken.None) switch
    {
        FaultSight.Seen => Fate.Observed,
        FaultSight.Hidden => FateOf(EndOf(continuation), handOvers),
        _ => FateOf(continuation, handOvers),
    };

    private IOperation EndOf(IInvocationOperation continuation)
    {
        IOperation end = continuation;
        while ((_forms.Outward(end) ?? (end.Parent is IInvocationOperation call && call.Instance == end && facts.Continuations.IsContinuation(call) ? call : null)) is { } next)
        {
            end = next;
        }

        return end;
    }

    /// <summary>The operations that made what this value passes on: a call for each branch of a choice.</summary>
    public ImmutableArray<IOperation> OriginsOf(IOperation value) => _forms.OriginsOf(value);

    private bool IsRead(ILocalSymbol local, IOperation at, int handOvers)
    {
        foreach (var operation in at.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read } reference && SymbolEqualityComparer.Default.Equals(read, local) && LooksAt(reference, handOvers - 1))
            {
                return true;
            }
        }

        return false;
    }
}
