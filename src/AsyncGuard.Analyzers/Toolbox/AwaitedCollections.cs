namespace AsyncGuard.Toolbox;

/// <summary>Can waiting for all these tasks fail with anything but cancellation?</summary>
internal readonly struct AwaitedCollections(CompilationFacts facts, EscapeSearch search)
{
    public Escape? First(IInvocationOperation whenAll)
    {
        foreach (var argument in whenAll.Arguments)
        {
            if (OfCollection(argument.Value.Bare(), whenAll) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private Escape? OfCollection(IOperation collection, IOperation shown)
    {
        if (!search.Inquiry.Enter())
        {
            return null;
        }

        var escape = collection switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var elements } => OfTasks(elements, shown),
            ICollectionExpressionOperation { Elements: var elements } => OfTasks(elements, shown),
            IInvocationOperation { TargetMethod: { Name: "Select", IsExtensionMethod: true }, Arguments: [_, var selector] } => new CallEscapes(facts, search).AtDelegate(selector.Value, shown, awaited: true),
            IInvocationOperation { TargetMethod: { Name: "ToArray" or "ToList", IsExtensionMethod: true }, Arguments: [var source] } => OfCollection(source.Value.Bare(), shown),
            ILocalReferenceOperation { Local: var local } => OfLocal(local, collection, shown),
            _ => new(shown),
        };
        search.Inquiry.Leave();
        return escape;
    }

    private Escape? OfTasks(ImmutableArray<IOperation> tasks, IOperation shown)
    {
        foreach (var task in tasks)
        {
            if (new AwaitedValues(facts, search).WhenAwaited(task, shown) is { } escape)
            {
                return escape;
            }
        }

        return tasks.IsEmpty ? new(shown) : null;
    }

    private Escape? OfLocal(ILocalSymbol local, IOperation read, IOperation shown)
    {
        if (!search.Inquiry.Follow(local))
        {
            return null;
        }

        var values = LocalValues.Of(local, read);
        var escape = values.IsEmpty ? new(shown) : FirstOf(values, shown);
        search.Inquiry.Unfollow(local);
        return escape;
    }

    private Escape? FirstOf(ImmutableArray<IOperation> collections, IOperation shown)
    {
        foreach (var collection in collections)
        {
            if (OfCollection(collection.Bare(), shown) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }
}
