namespace AsyncGuard.Toolbox;

/// <summary>Does this loop leave by itself when its work is done: a <c>break</c> or <c>return</c> that neither a stop nor an error leads to?</summary>
internal static class LoopExits
{
    public static bool EndsWithItsWork(ILoopOperation loop)
    {
        foreach (var each in loop.Body.Descendants())
        {
            if (Leaves(each, loop) && !IsForStopOrError(each, loop))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this operation leaves the loop, or its function from inside the loop.</summary>
    public static bool Leaves(IOperation operation, ILoopOperation loop) => operation switch
    {
        IBranchOperation { BranchKind: BranchKind.Break } leave => SymbolEqualityComparer.Default.Equals(leave.Target, loop.ExitLabel),
        IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } => !IsInInnerFunction(operation, loop),
        _ => false,
    };

    private static bool IsForStopOrError(IOperation exit, ILoopOperation loop)
    {
        for (var it = exit.Parent; it is not null && it != loop; it = it.Parent)
        {
            if (it is ICatchClauseOperation || (it is IConditionalOperation { Condition: var condition } && AsksForStop(condition, loop)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AsksForStop(IOperation condition, ILoopOperation loop) => condition.Bare() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.ConditionalAnd } both =>
            AsksForStop(both.LeftOperand, loop) || AsksForStop(both.RightOperand, loop),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IAwaitOperation { Operation: var awaited } } => EndlessSources.WaitKind(awaited) != LoopShape.Bounded,
        var test => StopConditions.IsStop(test, loop),
    };

    private static bool IsInInnerFunction(IOperation operation, ILoopOperation loop)
    {
        for (var it = operation.Parent; it is not null && it != loop; it = it.Parent)
        {
            if (it is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
