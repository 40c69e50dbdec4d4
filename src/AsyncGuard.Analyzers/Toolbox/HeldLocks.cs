namespace AsyncGuard.Toolbox;

/// <summary>Is a lock held here that belongs to its thread, so that an <c>await</c> could not hold it?</summary>
internal static class HeldLocks
{
    public static bool AnyAround(IOperation operation)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ILockOperation held when held.Body == child:
                case IUsingOperation scope when scope.Body == child && Opens(scope.Resources):
                case IConditionalOperation choice when choice.WhenTrue == child && choice.Condition.Bare() is IInvocationOperation tried && IsAcquire(tried, "Try"):
                case IBlockOperation block when IsTakenBefore(child, block.Operations):
                    return true;
                case ILocalFunctionOperation:
                case IAnonymousFunctionOperation lambda when !InPlaceLambdas.IsOne(lambda):
                    return false;
            }
        }

        return false;
    }

    private static bool IsTakenBefore(IOperation child, ImmutableArray<IOperation> statements)
    {
        for (var i = statements.IndexOf(child) - 1; i >= 0; i--)
        {
            switch (statements[i])
            {
                case IExpressionStatementOperation { Operation: IInvocationOperation call } when IsAcquire(call, ""):
                case IUsingDeclarationOperation scope when Opens(scope.DeclarationGroup):
                    return true;
            }

            if (Releases(statements[i]))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsAcquire(IInvocationOperation call, string prefix) =>
        call.TargetMethod is { ContainingType: { Name: var type, ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } } method
        && (type, method.Name) switch
        {
            ("Monitor" or "Lock" or "SpinLock", var name) => name == prefix + "Enter",
            ("ReaderWriterLockSlim", var name) => name.StartsWith(prefix + "Enter", StringComparison.Ordinal),
            ("ReaderWriterLock", var name) => prefix.Length == 0 && name.StartsWith("Acquire", StringComparison.Ordinal),
            ("WaitHandle", "WaitOne") => call.Instance?.Type is { Name: "Mutex" },
            _ => false,
        };

    private static bool Releases(IOperation statement)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: var name, ContainingType.ContainingNamespace.Name: "Threading" } }
                && (name.StartsWith("Exit", StringComparison.Ordinal) || name.StartsWith("Release", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    // using (gate.EnterScope())
    private static bool Opens(IOperation resources)
    {
        foreach (var operation in resources.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: { Name: "EnterScope", ContainingType.Name: "Lock" } })
            {
                return true;
            }
        }

        return false;
    }
}
