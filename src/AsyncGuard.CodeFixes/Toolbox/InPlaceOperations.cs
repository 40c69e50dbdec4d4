using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

internal static class InPlaceOperations
{
    /// <summary>What is below an operation and runs with it: functions that are only made there do not.</summary>
    public static IEnumerable<IOperation> DescendantsInPlace(this IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is ILocalFunctionOperation || (child is IAnonymousFunctionOperation lambda && !InPlaceLambdas.IsOne(lambda)))
            {
                continue;
            }

            yield return child;
            foreach (var below in child.DescendantsInPlace())
            {
                yield return below;
            }
        }
    }
}
