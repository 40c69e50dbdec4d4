namespace AsyncGuard.Toolbox;

/// <summary>What happens between the taking of a semaphore and its release?</summary>
internal sealed class HeldRegion(CompilationFacts facts, Acquisition acquired, CancellationToken cancel)
{
    /// <summary>The first failure, <c>return</c> or <c>throw</c> that leaves while it is held.</summary>
    public IOperation? Leak { get; private set; }

    /// <summary>The statement that ends the holding: a <c>try</c> whose <c>finally</c> releases, or the release.</summary>
    public IOperation? End { get; private set; }

    /// <summary>Whether the way straight through reaches a release, so that the function means to release on every way.</summary>
    public bool IsReleased() => Walk(acquired.Statements, acquired.From) is HoldingFlow.Released;

    private HoldingFlow Walk(ImmutableArray<IOperation> statements, int from)
    {
        for (var at = from; at < statements.Length; at++)
        {
            var flow = Step(statements[at]);
            if (flow is not HoldingFlow.Held)
            {
                return flow;
            }
        }

        return HoldingFlow.Held;
    }

    private HoldingFlow Step(IOperation statement) => statement switch
    {
        ITryOperation guard => InTry(guard),
        IBlockOperation block => Walk(block.Operations, 0),
        IUsingOperation scope => Escapes(scope.Resources, HoldingFlow.Held) is var flow && flow is HoldingFlow.Held ? Step(scope.Body) : flow,
        ILockOperation scope => Step(scope.Body),
        IConditionalOperation choice => InChoice(choice),
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } end => AtReturn(end),
        IThrowOperation => Escapes(statement, HoldingFlow.Left),
        IBranchOperation => HoldingFlow.Left,
        ILabeledOperation => HoldingFlow.Unknown,
        ILocalFunctionOperation or IEmptyOperation => HoldingFlow.Held,
        IExpressionStatementOperation or IVariableDeclarationGroupOperation when Releases(statement) => Release(statement),
        _ => Releases(statement) ? HoldingFlow.Unknown : Escapes(statement, HoldingFlow.Held),
    };

    private HoldingFlow Release(IOperation end)
    {
        End ??= end;
        return HoldingFlow.Released;
    }

    private HoldingFlow Escapes(IOperation operation, HoldingFlow flow)
    {
        Leak ??= facts.Errors.FirstEscape(operation, cancel);
        if (Leak is null && operation.HasInFunction(IsReturn))
        {
            Leak = operation;
        }

        return flow;
    }

    // A value that is handed out may be what releases later.
    private HoldingFlow AtReturn(IReturnOperation end)
    {
        if (end.ReturnedValue is { } value)
        {
            if (Releases(value))
            {
                return Release(end);
            }

            Leak ??= facts.Errors.FirstEscape(value, cancel);
            if (value.Bare() is IObjectCreationOperation or IInstanceReferenceOperation or { ConstantValue: { HasValue: true, Value: true } } || value.HasInFunction(each => each is IObjectCreationOperation))
            {
                return Leak is null ? HoldingFlow.Unknown : HoldingFlow.Left;
            }
        }

        Leak ??= end;
        return HoldingFlow.Left;
    }

    private HoldingFlow InChoice(IConditionalOperation choice)
    {
        if (acquired.Answer is { } answer && choice.Condition.HasInFunction(each => each is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, answer)))
        {
            return HoldingFlow.Unknown;
        }

        Escapes(choice.Condition, HoldingFlow.Held);
        var yes = Branch(choice.WhenTrue);
        var no = choice.WhenFalse is { } other ? Branch(other) : HoldingFlow.Held;
        return yes == no || no is HoldingFlow.Left ? yes : yes is HoldingFlow.Left ? no : HoldingFlow.Unknown;
    }

    // One that releases and leaves is not the way straight through.
    private HoldingFlow Branch(IOperation statement)
    {
        var end = End;
        var flow = Step(statement);
        if (flow is not HoldingFlow.Released || !Acquisition.Leaves(statement))
        {
            return flow;
        }

        End = end;
        return HoldingFlow.Left;
    }

    private HoldingFlow InTry(ITryOperation guard)
    {
        if (guard.Finally is { } last && last.HasInFunction(IsRelease))
        {
            return Release(guard);
        }

        var inside = new HeldRegion(facts, acquired, cancel);
        var flow = inside.Walk(guard.Body.Operations, 0);
        var handlers = HeldHandlers.Of(guard, flow, IsRelease, facts.Types);
        if (!handlers.AreClear)
        {
            return HoldingFlow.Unknown;
        }

        if (inside.Leak is { } leak && (handlers.LetKeep || leak.HasInFunction(IsReturn)))
        {
            Leak ??= leak;
        }

        foreach (var clause in handlers.Release ? [] : guard.Catches)
        {
            Escapes(clause.Handler, flow);
        }

        return flow is HoldingFlow.Released ? Release(inside.End ?? guard) : flow;
    }

    private bool Releases(IOperation operation) => operation.HasInFunction(IsRelease);

    private bool IsRelease(IOperation operation) => Releasing.IsRelease(operation, acquired, facts, cancel);

    private static bool IsReturn(IOperation operation) => operation is IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak };
}
