namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete by what it is: made so, the winner of a race, the antecedent of its own continuation?</summary>
internal sealed class CompletedTasks(CompilationFacts facts)
{
    /// <summary>Whether whatever this expression may stand for is complete.</summary>
    public bool AreAllOf(IOperation task) => IsByMaking(task) || IsAntecedent(task);

    /// <summary><c>await Task.WhenAny(…)</c>, or a local that holds nothing else: the task it gives has ended.</summary>
    public bool IsWinner(IOperation value) => value.Bare() switch
    {
        IAwaitOperation { Operation: var awaited } => Inner(awaited) is IInvocationOperation { TargetMethod: { Name: "WhenAny" } method } && facts.Awaitables.IsTask(method.ContainingType),
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreWinners(values),
        _ => false,
    };

    private bool AreWinners(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (value.Bare() is not IAwaitOperation || !IsWinner(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The task below its coats: <c>ConfigureAwait</c>, <c>AsTask</c> and the like.</summary>
    public IOperation Inner(IOperation task)
    {
        var inner = task.Bare();
        while (facts.Waits.Behind(inner) is { } behind)
        {
            inner = behind.Bare();
        }

        return inner;
    }

    private bool IsByMaking(IOperation task) => task switch
    {
        IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled" } method } =>
            facts.Awaitables.IsTask(method.ContainingType) || facts.Awaitables.IsValueTask(method.ContainingType),
        IPropertyReferenceOperation { Property: var property } when facts.Waits.IsWait(property) => true,
        ILocalReferenceOperation local when !IsWinner(local) => LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreByMaking(values),
        _ => IsWinner(task),
    };

    private bool AreByMaking(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (value.Bare() is ILocalReferenceOperation || !IsByMaking(Inner(value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAntecedent(IOperation task)
    {
        if (task is not IParameterReferenceOperation { Parameter: { Ordinal: 0, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } parameter })
        {
            return false;
        }

        for (var parent = task.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                return lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ContinueWith" or "ContinueWhenAny" } } };
            }
        }

        return false;
    }
}
