namespace AsyncGuard.Toolbox;

/// <summary>Does this function yield its items one by one, so that its code runs only where they are enumerated?</summary>
internal static class Iterators
{
    public static bool MayBeOne(IMethodSymbol function) => function.ReturnType.Name is "IEnumerable" or "IEnumerator";

    public static bool IsBodyOfOne(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }
                || (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation or IExpressionStatementOperation) && IsBodyOfOne(child)))
            {
                return true;
            }
        }

        return false;
    }
}
