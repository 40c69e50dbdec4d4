namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete once this statement is behind?</summary>
internal sealed class CompletingStatements(CompilationFacts facts)
{
    private readonly CompletingCalls _calls = new(facts);
    private CompletionTests Tests => facts.CompletionTests;
    public bool Completes(IOperation statement, IOperation task) => statement switch
    {
        IConditionalOperation { Condition: var condition, WhenTrue: var then, WhenFalse: var otherwise } =>
            Surely(condition, task)
            || ((Leaves(then) || Contains(then, task)) && (Tests.Implies(condition, false, task) || (otherwise is not null && (Leaves(otherwise) || Contains(otherwise, task)))))
            || (otherwise is not null && Leaves(otherwise) && Tests.Implies(condition, true, task)),
        IWhileLoopOperation { Condition: { } condition } loop => !Jumps(loop.Body, loop.ExitLabel) && Tests.Implies(condition, false, task),
        IForLoopOperation { Condition: { } condition } loop => !Jumps(loop.Body, loop.ExitLabel) && Tests.Implies(condition, false, task),
        IForEachLoopOperation loop => Surely(loop.Collection, task) || AwaitsEach(loop, task),
        ITryOperation guard => facts.FailedTries.Complete(guard.Body, task) || (guard.Finally is { } last && Contains(last, task)) || (AllLeave(guard.Catches) && Contains(guard.Body, task)),
        IBlockOperation block => Contains(block, task),
        IUsingOperation { Body: var body, Resources: var resources } => Surely(resources, task) || Contains(body, task),
        IUsingDeclarationOperation { DeclarationGroup: var declared } => Surely(declared, task),
        ILockOperation { Body: var body } => Contains(body, task),
        ISwitchOperation { Value: var value } => Surely(value, task),
        ILabeledOperation { Operation: { } labeled } => Completes(labeled, task),
        ILoopOperation or ILocalFunctionOperation => false,
        _ => Surely(statement, task),
    };

    /// <summary>Whether evaluating the operation, whatever the outcome of the rest of it, means that the task is complete.</summary>
    public bool Surely(IOperation operation, IOperation task)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IAwaitOperation { Operation: var awaited } when facts.CompletingAwaits.Covers(awaited, task):
                return true;
            case IConditionalOperation choice:
                return Surely(choice.Condition, task);
            case IConditionalAccessOperation { Operation: var value }:
                return Surely(value, task);
            case ICoalesceOperation { Value: var value }:
                return Surely(value, task);
            case ICoalesceAssignmentOperation { Target: var target }:
                return Surely(target, task);
            case ISwitchExpressionOperation { Value: var value }:
                return Surely(value, task);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Surely(both.LeftOperand, task);
            case IInvocationOperation call when _calls.Complete(call, task):
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

    // One of its statements does; what stands before it either ends well or does not come out here.
    private bool Contains(IOperation body, IOperation task)
    {
        if (body is not IBlockOperation block)
        {
            return Completes(body, task);
        }

        foreach (var statement in block.Operations)
        {
            if (Completes(statement, task))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation body) => body switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation or IBranchOperation or IThrowOperation => true,
        _ => false,
    };

    private static bool AllLeave(ImmutableArray<ICatchClauseOperation> catches)
    {
        var leaving = 0;
        foreach (var each in catches)
        {
            leaving += Leaves(each.Handler) ? 1 : 0;
        }

        return leaving == catches.Length;
    }

    private static bool Jumps(IOperation from, ILabelSymbol to)
    {
        foreach (var operation in from.DescendantsAndSelf())
        {
            if (operation is IBranchOperation { Target: var target } && SymbolEqualityComparer.Default.Equals(target, to))
            {
                return true;
            }
        }

        return false;
    }

    // foreach (var t in tasks) { await t; }: of every one, before the round can end.
    private bool AwaitsEach(IForEachLoopOperation loop, IOperation task)
    {
        if (loop.Locals is not [var each] || Jumps(loop.Body, loop.ExitLabel) || !TaskSources.AreSame(loop.Collection, task) || ReadIn(loop.Body, each) is not { } element)
        {
            return false;
        }

        foreach (var statement in loop.Body is IBlockOperation block ? block.Operations : [loop.Body])
        {
            if (Completes(statement, element))
            {
                return true;
            }

            if (Jumps(statement, loop.ContinueLabel))
            {
                return false;
            }
        }

        return false;
    }

    private static ILocalReferenceOperation? ReadIn(IOperation body, ILocalSymbol local)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local))
            {
                return read;
            }
        }

        return null;
    }
}
