namespace AsyncGuard.Toolbox;

/// <summary>What happens between the taking of a semaphore and its release?</summary>
internal sealed class HeldRegion(CompilationFacts facts, Acquisition acquired, CancellationToken cancel)
{
    private enum Flow
    {
        Held,
        Released,
        Left,
        Unknown,
    }

    /// <summary>The first failure, <c>return</c> or <c>throw</c> that leaves while it is held.</summary>
    public IOperation? Leak { get; private set; }

    /// <summary>The statement that ends the holding: a <c>try</c> whose <c>finally</c> releases, or the release.</summary>
    public IOperation? End { get; private set; }

    /// <summary>Whether the way straight through reaches a release, so that the function means to release on every way.</summary>
    public bool IsReleased() => Walk(acquired.Statements, acquired.From) is Flow.Released;

    private Flow Walk(ImmutableArray<IOperation> statements, int from)
    {
        for (var at = from; at < statements.Length; at++)
        {
            var flow = Step(statements[at]);
            if (flow is not Flow.Held)
            {
                return flow;
            }
        }

        return Flow.Held;
    }

    private Flow Step(IOperation statement) => statement switch
    {
        ITryOperation guard => InTry(guard),
        IBlockOperation block => Walk(block.Operations, 0),
        IUsingOperation scope => Escapes(scope.Resources, Flow.Held) is var flow && flow is Flow.Held ? Step(scope.Body) : flow,
        ILockOperation scope => Step(scope.Body),
        IConditionalOperation choice => InChoice(choice),
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } end => AtReturn(end),
        IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => Escapes(statement, Flow.Left),
        IBranchOperation => Flow.Left,
        ILabeledOperation => Flow.Unknown,
        ILocalFunctionOperation or IEmptyOperation => Flow.Held,
        IExpressionStatementOperation or IVariableDeclarationGroupOperation when Releases(statement) => Release(statement),
        _ => Releases(statement) ? Flow.Unknown : Escapes(statement, Flow.Held),
    };

    private Flow Release(IOperation end)
    {
        End ??= end;
        return Flow.Released;
    }

    private Flow Escapes(IOperation operation, Flow flow)
    {
        Leak ??= facts.Errors.FirstEscape(operation, cancel);
        if (Leak is null && operation.HasInFunction(IsReturn))
        {
            Leak = operation;
        }

        return flow;
    }

    // A value that is handed out may be what releases later.
    private Flow AtReturn(IReturnOperation end)
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
                return Leak is null ? Flow.Unknown : Flow.Left;
            }
        }

        Leak ??= end;
        return Flow.Left;
    }

    private Flow InChoice(IConditionalOperation choice)
    {
        if (acquired.Answer is { } answer && choice.Condition.HasInFunction(each => each is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, answer)))
        {
            return Flow.Unknown;
        }

        Escapes(choice.Condition, Flow.Held);
        var yes = Branch(choice.WhenTrue);
        var no = choice.WhenFalse is { } other ? Branch(other) : Flow.Held;
        return yes == no || no is Flow.Left ? yes : yes is Flow.Left ? no : Flow.Unknown;
    }

    // One that releases and leaves is not the way straight through.
    private Flow Branch(IOperation statement)
    {
        var end = End;
        var flow = Step(statement);
        if (flow is not Flow.Released || !Acquisition.Leaves(statement))
        {
            return flow;
        }

        End = end;
        return Flow.Left;
    }

    private Flow InTry(ITryOperation guard)
    {
        if (guard.Finally is { } last && last.HasInFunction(IsRelease))
        {
            return Release(guard);
        }

        var inside = new HeldRegion(facts, acquired, cancel);
        var flow = inside.Walk(guard.Body.Operations, 0);
        foreach (var clause in guard.Catches)
        {
            if (clause.Handler.HasInFunction(IsRelease))
            {
                return flow is Flow.Released || Acquisition.Leaves(clause.Handler) ? AfterReleasingCatch(inside, flow, guard) : Flow.Unknown;
            }
        }

        var isSwallowed = CatchClauses.CatchAll(guard, facts.Types);
        if (inside.Leak is { } leak && (!isSwallowed || flow is Flow.Released || leak.HasInFunction(IsReturn)))
        {
            Leak ??= leak;
        }

        foreach (var clause in guard.Catches)
        {
            Escapes(clause.Handler, flow);
        }

        return flow is Flow.Released ? Release(inside.End ?? guard) : flow;
    }

    // Which errors the other handlers take, and whether they should release, is more than a reader could tell.
    private Flow AfterReleasingCatch(HeldRegion inside, Flow flow, ITryOperation guard)
    {
        if (!CatchClauses.CatchAll(guard, facts.Types) && guard.Catches.Length > 1)
        {
            return Flow.Unknown;
        }

        if (inside.Leak is { } leak && (!CatchesAny(guard) || leak.HasInFunction(IsReturn)))
        {
            Leak ??= leak;
        }

        return flow is Flow.Released ? Release(inside.End ?? guard) : flow;
    }

    private bool CatchesAny(ITryOperation guard)
    {
        foreach (var clause in guard.Catches)
        {
            if (CatchClauses.IsForEveryType(clause, facts.Types))
            {
                return true;
            }
        }

        return false;
    }

    private bool Releases(IOperation operation) => operation.HasInFunction(IsRelease);

    private bool IsRelease(IOperation operation) => Releasing.IsRelease(operation, acquired, facts, cancel);

    private static bool IsReturn(IOperation operation) => operation is IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak };
}
