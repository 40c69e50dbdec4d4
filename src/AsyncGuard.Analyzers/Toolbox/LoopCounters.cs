namespace AsyncGuard.Toolbox;

/// <summary>Is an index the counter of a <c>for</c> loop? Then its author has thought of the bounds.</summary>
internal static class LoopCounters
{
    public static bool Are(ImmutableArray<IOperation> indices)
    {
        foreach (var index in indices)
        {
            if (!Is(index))
            {
                return false;
            }
        }

        return true;
    }

    public static bool Is(IOperation index) => index.Bare() is ILocalReferenceOperation { Local: var local } && IsCounter(local, index);

    private static bool IsCounter(ILocalSymbol local, IOperation at) => IsCounted(local, at) || IsKeptWithin(local, at);

    // next = (next + 1) % count
    private static bool IsKeptWithin(ILocalSymbol local, IOperation at)
    {
        var isKept = false;
        foreach (var value in LocalValues.Of(local, at))
        {
            var isRemainder = value.Bare() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder };
            if (!isRemainder && !value.ConstantValue.HasValue)
            {
                return false;
            }

            isKept |= isRemainder;
        }

        return isKept;
    }

    private static bool IsCounted(ILocalSymbol local, IOperation at)
    {
        for (var parent = at.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForLoopOperation loop && loop.Locals.Contains(local))
            {
                return true;
            }
        }

        return false;
    }
}
