using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does this handler leave no trace of the error: no log, no value, no state, no call, nothing but going on?</summary>
internal static class SilentHandlers
{
    public static bool IsSilent(IBlockOperation handler)
    {
        foreach (var statement in handler.Operations)
        {
            if (!IsSilent(statement))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the filter does something besides answering: <c>when (Log(ex))</c>.</summary>
    public static bool SaysSomething(IOperation? filter, CompilationFacts facts, CancellationToken cancel)
    {
        foreach (var operation in filter?.DescendantsAndSelf() ?? [])
        {
            if (operation is IInvocationOperation call)
            {
                foreach (var target in facts.Targets.Of(call))
                {
                    if (facts.Bodies.Of(target, cancel)?.HasInFunction(static each => each is IExpressionStatementOperation) == true)
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool IsSilent(IOperation statement) => statement switch
    {
        IEmptyOperation or IBranchOperation or IReturnOperation { ReturnedValue: null } => true,
        IBlockOperation block => IsSilent(block),
        IExpressionStatementOperation { Operation: var expression } => IsPause(expression),
        _ => false,
    };

    private static bool IsPause(IOperation expression) => expression switch
    {
        IAwaitOperation { Operation: var awaited } => IsPause(awaited),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } => IsPause(configured),
        IInvocationOperation { TargetMethod: { Name: "Delay" or "Sleep" or "Yield", ContainingType.Name: "Task" or "Thread" } } => true,
        _ => false,
    };
}
