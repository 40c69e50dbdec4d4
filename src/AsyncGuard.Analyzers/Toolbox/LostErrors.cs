namespace AsyncGuard.Toolbox;

/// <summary>Which error does nobody see when this task is dropped?</summary>
/// <remarks>
/// Only what ends up in the task: a function that is not async throws its own errors at its caller, who is there to catch them. What it
/// returns may still fail later, so its returned tasks are followed instead, through as many functions as hand a task on.
/// </remarks>
internal sealed class LostErrors(CompilationFacts facts)
{
    private const int LongestHandOver = 8;

    /// <summary>The operation whose failure is lost; <see langword="null"/> when all that can fail is handled.</summary>
    public IOperation? Of(IOperation dropped, CancellationToken cancel) => facts.Errors.Tell(Find(dropped.Bare(), LongestHandOver, cancel));

    private Escape? Find(IOperation task, int handOvers, CancellationToken cancel)
    {
        if (facts.Errors.WhenAwaited(task, cancel, SoughtErrors.NotOfEvents) is not { } escape)
        {
            return null;
        }

        return handOvers > 0
            && task is IInvocationOperation call
            && facts.Targets.Of(call) is [{ IsAsync: false } target]
            && facts.Bodies.Of(target, cancel) is { } body
                ? FirstReturned(body, call, handOvers, cancel)
                : escape;
    }

    private Escape? FirstReturned(IOperation body, IOperation call, int handOvers, CancellationToken cancel)
    {
        foreach (var returned in Own(body))
        {
            if (returned is IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } && Find(value.Bare(), handOvers - 1, cancel) is { } cause)
            {
                return new(call, cause);
            }
        }

        return null;
    }

    // Without the functions inside it, whose returns are theirs.
    private static IEnumerable<IOperation> Own(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            yield return child;
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            {
                foreach (var inner in Own(child))
                {
                    yield return inner;
                }
            }
        }
    }
}
