namespace AsyncGuard.Toolbox;

/// <summary>What is done with a collection of tasks?</summary>
internal static class TaskCollections
{
    /// <summary>The collection that this call puts a task into, and the task: <c>tasks.Add(FooAsync())</c>.</summary>
    public static (IOperation Collection, IOperation Task)? PutBy(IInvocationOperation call, Awaitability awaitables) =>
        call is { Instance: { } collection, Arguments: [.., { Value: var task }], TargetMethod.Name: "Add" or "TryAdd" or "Enqueue" or "Push" or "Insert" or "AddLast" or "AddFirst" }
        && awaitables.IsAwaitable(task.Type)
        && IsCollection(collection.Type)
            ? (collection, task)
            : null;

    /// <summary>Whether the call only keeps the collection: adds to it, removes from it, counts it.</summary>
    public static bool Keeps(IInvocationOperation call) => IsCollection(call.Instance?.Type) && call.TargetMethod.Name switch
    {
        "Add" or "TryAdd" or "Enqueue" or "Push" or "Insert" or "AddLast" or "AddFirst" => true,
        "Clear" or "Remove" or "RemoveAt" or "RemoveRange" or "TryRemove" or "RemoveFirst" or "RemoveLast" or "EnsureCapacity" or "TrimExcess" or "ContainsKey" or "Contains" or "IndexOf" => true,
        "TryDequeue" or "TryPop" or "TryTake" => true,
        _ => false,
    };

    /// <summary>Whether the call takes one task out and returns it.</summary>
    public static bool Takes(IInvocationOperation call) => call.TargetMethod.Name is "Dequeue" or "Pop" or "Take" && IsCollection(call.Instance?.Type);

    /// <summary>Whether the call hands each task to a question and gives back no task.</summary>
    public static bool Asks(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "RemoveAll" or "Exists" or "TrueForAll" or "RemoveWhere", ContainingType: var type } => IsCollection(type),
        { Name: "Any" or "All" or "Count", ContainingType.Name: "Enumerable" } => true,
        _ => false,
    };

    /// <summary>A collection of the framework: one of somebody's own may observe what it is given.</summary>
    public static bool IsCollection(ITypeSymbol? type) => type?.OriginalDefinition is INamedTypeSymbol { IsGenericType: true, ContainingNamespace: var space }
        && space is { Name: "Generic" or "Concurrent" or "ObjectModel", ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };
}
