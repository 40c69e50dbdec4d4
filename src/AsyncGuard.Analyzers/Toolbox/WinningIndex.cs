namespace AsyncGuard.Toolbox;

/// <summary>Which of several tasks is it that <c>Task.WaitAny</c> says is complete?</summary>
internal static class WinningIndex
{
    private const int Depth = 4;

    /// <summary>Whether the first value is the index that such a call gave, and the second the number under which it was given this task.</summary>
    public static bool IsOf(IOperation index, IOperation number, IOperation task, Awaitability awaitables, int depth = Depth) => index.Bare() switch
    {
        IInvocationOperation { TargetMethod: { Name: "WaitAny", ContainingType: var type }, Arguments: [{ Value: var tasks }, ..] } => number.Bare().ConstantValue is { HasValue: true, Value: int at and >= 0 }
            && awaitables.IsTask(type) && TaskSources.Listed(tasks) is var all && at < all.Length && TaskPlaces.AreSame(all[at], task),
        ILocalReferenceOperation local => depth > 0 && LocalValues.Of(local.Local, local) is [var only] && IsOf(only, number, task, awaitables, depth - 1),
        _ => false,
    };
}
