namespace AsyncGuard.Toolbox;

/// <summary>What does this <c>catch</c> catch?</summary>
internal static class CatchClauses
{
    /// <summary>Whether nothing but cancellation gets past the clauses of this <c>try</c>. Whether a handler fails itself is another question.</summary>
    public static bool CatchAll(ITryOperation guard, KnownTypes types)
    {
        foreach (var clause in guard.Catches)
        {
            if (IsCatchAll(clause, types))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>catch</c> or <c>catch (Exception)</c>, also with a filter that only lets cancellation through.</summary>
    public static bool IsCatchAll(ICatchClauseOperation clause, KnownTypes types) =>
        IsForEveryType(clause, types) && (clause.Filter is null || CancellationTests.FailsOnlyForCancellation(clause.Filter, types));

    /// <summary>The same with any filter.</summary>
    public static bool IsForEveryType(ICatchClauseOperation clause, KnownTypes types) =>
        clause.ExceptionType.SpecialType == SpecialType.System_Object // what a bare 'catch' has
        || SymbolEqualityComparer.Default.Equals(clause.ExceptionType, types.Exception);

    /// <summary>The innermost clause of the operation's function that takes every error of it.</summary>
    public static ICatchClauseOperation? CatchAllAround(IOperation operation, KnownTypes types)
    {
        var child = operation;
        for (var it = operation.Parent; it is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = it, it = it.Parent)
        {
            if (it is ITryOperation guard && guard.Body == child)
            {
                foreach (var clause in guard.Catches)
                {
                    if (IsCatchAll(clause, types))
                    {
                        return clause;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The innermost clause whose handler this operation stands in, within its function.</summary>
    public static ICatchClauseOperation? Around(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ICatchClauseOperation clause)
            {
                return clause;
            }
        }

        return null;
    }
}
