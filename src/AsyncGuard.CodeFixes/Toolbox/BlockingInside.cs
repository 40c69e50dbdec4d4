using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What blocks when this code runs? Lambdas that run then and there are a part of it, functions that are only made there are not.</summary>
internal static class BlockingInside
{
    public static IReadOnlyList<SyntaxNode> Of(IOperation code, CompilationFacts facts, CancellationToken cancel) =>
        [.. InPlace(code).Where(each => facts.Blocking.At(each, cancel) is { } blocking && facts.Blocking.Holds(blocking)).Select(each => each.Syntax)];

    private static IEnumerable<IOperation> InPlace(IOperation code)
    {
        foreach (var child in code.ChildOperations)
        {
            if (child is ILocalFunctionOperation || (child is IAnonymousFunctionOperation lambda && !InPlaceLambdas.IsOne(lambda)))
            {
                continue;
            }

            yield return child;
            foreach (var below in InPlace(child))
            {
                yield return below;
            }
        }
    }
}
