namespace AsyncGuard.Toolbox;

/// <summary>Does this call, which gives no task, leave work running behind it?</summary>
internal static class BackgroundStarts
{
    /// <summary>A work item of the pool, a run of the supervisor without a scope, or a task given to a method that forgets it.</summary>
    public static bool IsOne(IOperation dropped, CompilationFacts facts) => dropped is IInvocationOperation call && call.TargetMethod.Name switch
    {
        "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" => SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, facts.Types["System.Threading.ThreadPool"]),
        "Run" => call.TargetMethod.Arity == 0 && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, facts.Types.Supervisor),
        "SafeFireAndForget" or "FireAndForget" or "Forget" or "NoAwait" => call is { TargetMethod.ReturnsVoid: true, Arguments: [{ Value: var task }, ..] } && facts.Awaitables.IsAwaitable(task.Type),
        _ => false,
    };
}
