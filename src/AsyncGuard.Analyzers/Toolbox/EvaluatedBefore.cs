namespace AsyncGuard.Toolbox;

/// <summary>Which operations beside this one have been evaluated when it is reached?</summary>
internal static class EvaluatedBefore
{
    /// <summary>Within one statement or expression; what a block holds is asked of the block.</summary>
    public static IEnumerable<IOperation> In(IOperation parent, IOperation child)
    {
        switch (parent)
        {
            case IBlockOperation or ISwitchCaseOperation or ITryOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                break;
            case IConditionalOperation choice when choice.Condition != child:
                yield return choice.Condition;
                break;
            case ISwitchExpressionOperation choice when choice.Value != child:
                yield return choice.Value;
                break;
            case ISwitchOperation choice when choice.Value != child:
                yield return choice.Value;
                break;
            case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } when condition != child:
                yield return condition;
                break;
            case IForLoopOperation { Condition: { } condition } loop when loop.Body == child:
                yield return condition;
                break;
            case IForEachLoopOperation loop when loop.Collection != child:
                yield return loop.Collection;
                break;
            case ILoopOperation:
                break;
            default:
                foreach (var sibling in parent.ChildOperations)
                {
                    if (sibling == child)
                    {
                        break;
                    }

                    yield return sibling;
                }

                break;
        }
    }
}
