namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete once this statement is behind?</summary>
internal sealed class CompletingStatements(CompilationFacts facts)
{
    public bool Completes(IOperation statement, IOperation task, CompletionTests tests) => statement switch
    {
        IConditionalOperation { Condition: var condition, WhenTrue: var then, WhenFalse: var otherwise } =>
            Surely(condition, task)
            || ((Leaves(then) || Contains(then, task, tests)) && (tests.Implies(condition, false, task) || (otherwise is not null && Contains(otherwise, task, tests))))
            || (otherwise is not null && Leaves(otherwise) && (tests.Implies(condition, true, task) || Contains(then, task, tests))),
        IWhileLoopOperation { Condition: { } condition } loop => tests.Implies(condition, loop.ConditionIsUntil, task),
        IForEachLoopOperation loop => AwaitsEach(loop, task),
        ITryOperation guard => CompletesFirst(guard.Body, task, tests) || (guard.Finally is { } last && Contains(last, task, tests)) || (guard.Catches.IsEmpty && Contains(guard.Body, task, tests)),
        IBlockOperation block => Contains(block, task, tests),
        IUsingOperation { Body: var body, Resources: var resources } => Surely(resources, task) || Contains(body, task, tests),
        IUsingDeclarationOperation { DeclarationGroup: var declared } => Surely(declared, task),
        ILockOperation { Body: var body } => Contains(body, task, tests),
        ILoopOperation or ISwitchOperation or ILocalFunctionOperation => false,
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Assert", ContainingType.Name: "Debug" }, Arguments: [{ Value: var asserted }, ..] } } => tests.Implies(asserted, true, task),
        _ => Surely(statement, task),
    };

    // Somewhere in the block a statement does; what stands before it either ends well or does not come out here.
    private bool Contains(IOperation body, IOperation task, CompletionTests tests)
    {
        if (body is not IBlockOperation block)
        {
            return Completes(body, task, tests);
        }

        foreach (var statement in block.Operations)
        {
            if (Completes(statement, task, tests))
            {
                return true;
            }
        }

        return false;
    }

    // A try whose handlers swallow proves only what its first statement waits for.
    private bool CompletesFirst(IBlockOperation body, IOperation task, CompletionTests tests) => body.Operations is [var first, ..] && Completes(first, task, tests);

    private static bool Leaves(IOperation body) => body switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation or IBranchOperation => true,
        IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    // Evaluated whatever the outcome of the rest of the statement.
    private bool Surely(IOperation operation, IOperation task)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IAwaitOperation { Operation: var awaited } when Covers(awaited, task):
                return true;
            case IConditionalOperation choice:
                return Surely(choice.Condition, task);
            case IConditionalAccessOperation access:
                return Surely(access.Operation, task);
            case ICoalesceOperation choice:
                return Surely(choice.Value, task);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Surely(both.LeftOperand, task);
            case IInvocationOperation { TargetMethod.Name: "Wait", TargetMethod.Parameters.IsEmpty: true, Instance: { } waited } when TaskPlaces.AreSame(waited, task):
                return true;
            case IInvocationOperation { TargetMethod: { Name: "WaitAll", Parameters.Length: 1 } method, Arguments: [{ Value: var tasks }] } when facts.Awaitables.IsTask(method.ContainingType) && IsAmong(tasks, task):
                return true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (Surely(child, task))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether awaiting this ends only when the task has.</summary>
    private bool Covers(IOperation awaited, IOperation task)
    {
        var inner = awaited.Bare();
        while (facts.Waits.Behind(inner) is { } behind)
        {
            inner = behind.Bare();
        }

        return TaskPlaces.AreSame(inner, task)
            || (inner is IInvocationOperation { Arguments: [{ Value: var tasks }] } call && facts.Waits.IsForAll(call.TargetMethod) && IsAmong(tasks, task))
            || (inner is ILocalReferenceOperation local && LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IInvocationOperation { Arguments: [{ Value: var stored }] } all
                && facts.Waits.IsForAll(all.TargetMethod) && IsAmong(stored, task));
    }

    private static bool IsAmong(IOperation tasks, IOperation task)
    {
        switch (tasks.Bare())
        {
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return AnyIs(elements, task);
            case ICollectionExpressionOperation { Elements: var elements }:
                return AnyIs(elements, task);
            default:
                return TaskPlaces.CollectionOf(tasks) is { } all && TaskPlaces.AreSame(all, TaskPlaces.CollectionOf(task));
        }
    }

    private static bool AnyIs(ImmutableArray<IOperation> elements, IOperation task)
    {
        foreach (var element in elements)
        {
            if (TaskPlaces.AreSame(element is ISpreadOperation spread ? spread.Operand : element, task))
            {
                return true;
            }
        }

        return false;
    }

    // foreach (var t in tasks) await t;
    private bool AwaitsEach(IForEachLoopOperation loop, IOperation task) =>
        loop.Locals is [var each]
        && TaskPlaces.AreSame(TaskPlaces.CollectionOf(loop.Collection), TaskPlaces.CollectionOf(task))
        && FirstStatement(loop.Body) is { } first
        && Awaited(first) is ILocalReferenceOperation { Local: var awaited } && SymbolEqualityComparer.Default.Equals(awaited, each);

    private static IOperation? FirstStatement(IOperation body) => body is IBlockOperation block ? (block.Operations is [var first, ..] ? first : null) : body;

    private IOperation? Awaited(IOperation statement)
    {
        var awaited = (statement as IExpressionStatementOperation)?.Operation.Bare() is IAwaitOperation { Operation: var operand } ? operand.Bare() : null;
        return awaited is not null && facts.Waits.Behind(awaited) is { } behind ? behind.Bare() : awaited;
    }
}
