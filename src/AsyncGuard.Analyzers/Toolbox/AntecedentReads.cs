namespace AsyncGuard.Toolbox;

/// <summary>How does a continuation's delegate use the task that it is given?</summary>
internal readonly struct AntecedentReads(CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>Never <see cref="FaultSight.Skipped"/>; a delegate that cannot be read has the benefit of the doubt.</summary>
    public FaultSight SightOf(IOperation work)
    {
        switch (work.Bare())
        {
            case IDelegateCreationOperation { Target: var target }:
                return SightOf(target);
            case IAnonymousFunctionOperation { Symbol.Parameters: [var antecedent, ..] } lambda: // 'delegate { … }' has it too
                return SightIn(lambda.Body, antecedent);
            case IMethodReferenceOperation { Method.IsExtensionMethod: false } group:
                return OfTargets(facts.Targets.Of(group.Method));
            case ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IDelegateCreationOperation:
                return SightOf(only);
            default:
                return FaultSight.Seen;
        }
    }

    private FaultSight OfTargets(ImmutableArray<IMethodSymbol> targets)
    {
        var sight = targets.IsEmpty ? FaultSight.Seen : FaultSight.Hidden;
        foreach (var target in targets)
        {
            var one = target.Parameters is [var antecedent, ..] && facts.Bodies.Of(target, cancel) is { } body ? SightIn(body, antecedent) : FaultSight.Seen;
            sight = one > sight ? one : sight;
        }

        return sight;
    }

    private FaultSight SightIn(IOperation body, IParameterSymbol antecedent)
    {
        var sight = FaultSight.Hidden;
        foreach (var operation in body.Descendants())
        {
            if (operation is IParameterReferenceOperation { Parameter: var read } reference && SymbolEqualityComparer.Default.Equals(read, antecedent))
            {
                var one = SightAt(reference);
                sight = one > sight ? one : sight;
            }
        }

        return sight;
    }

    private FaultSight SightAt(IOperation task)
    {
        while (task.Parent is IConversionOperation)
        {
            task = task.Parent;
        }

        return task.Parent switch
        {
            IPropertyReferenceOperation { Property.Name: "Id" or "IsCompleted" or "IsCanceled" or "AsyncState" or "CreationOptions" or "Length" } => FaultSight.Hidden,
            IPropertyReferenceOperation { Property.Name: "Result" } => Thrown(task),
            IInvocationOperation { TargetMethod.Name: "Dispose" or "ToString" or "GetHashCode" or "Equals" } call when call.Instance == task => FaultSight.Hidden,
            IInvocationOperation call when Waits.Suppresses(call) => FaultSight.Hidden,
            IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" or "ConfigureAwait" or "WaitAsync" } call when call.Instance == task => Thrown(task),
            IAwaitOperation or IReturnOperation => Thrown(task),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsPatternOperation { Pattern: IConstantPatternOperation } => FaultSight.Hidden,
            IArgumentOperation argument when facts.Receivers.Ignores(argument, cancel) => FaultSight.Hidden,
            ISimpleAssignmentOperation { Target: var target } when target.IsDiscard() => FaultSight.Hidden,
            _ => FaultSight.Seen,
        };
    }

    // Whoever rethrows inside a try means to catch it.
    private static FaultSight Thrown(IOperation task)
    {
        for (var (inner, outer) = (task, task.Parent); outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is ITryOperation { Catches.IsEmpty: false } guard && guard.Body == inner)
            {
                return FaultSight.Seen;
            }
        }

        return FaultSight.Rethrown;
    }
}
