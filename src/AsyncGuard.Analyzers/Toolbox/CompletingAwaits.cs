namespace AsyncGuard.Toolbox;

/// <summary>If this task is complete, which others are?</summary>
internal sealed class CompletingAwaits(CompilationFacts facts)
{
    private const int Depth = 4;

    /// <summary>Whether awaiting this to its end means that the task has ended.</summary>
    public bool Covers(IOperation awaited, IOperation task) => Covers(awaited, task, evenIfItFails: false, Depth);

    /// <summary>The same also where the await throws: not of one that a token or a timeout may end early.</summary>
    public bool CoversEvenIfItFails(IOperation awaited, IOperation task) => Covers(awaited, task, evenIfItFails: true, Depth);

    /// <summary>Whether the task is one of these: named among them, or from the same collection.</summary>
    public bool IsAmong(IOperation tasks, IOperation task)
    {
        switch (tasks.Bare())
        {
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return AnyCovers(elements, task, evenIfItFails: false, Depth);
            case ICollectionExpressionOperation { Elements: var elements }:
                return AnyCovers(elements, task, evenIfItFails: false, Depth);
            case ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is [var made] && made.Bare() is IArrayCreationOperation or ICollectionExpressionOperation or IObjectCreationOperation:
                return TaskSources.AreSame(local, task) || ListsAmong(made.Bare(), task);
            case IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "Concat" or "Append" or "Prepend" or "Union" }, Arguments: [{ Value: var some }, { Value: var others }] }:
                return IsAmong(some, task) || IsAmong(others, task) || TaskPlaces.AreSame(others, task);
            default:
                return TaskSources.AreSame(tasks, task);
        }
    }

    private bool Covers(IOperation awaited, IOperation task, bool evenIfItFails, int depth)
    {
        var inner = awaited.Bare();
        if (depth == 0)
        {
            return false;
        }

        if (TaskPlaces.AreSame(inner, task) || (!evenIfItFails && BatchedTasks.EndWith(inner, task)))
        {
            return true;
        }

        switch (inner)
        {
            case IInvocationOperation { TargetMethod.Name: "WaitAsync", Instance: { } waited } when facts.Awaitables.IsTask(waited.Type):
                return !evenIfItFails && Covers(waited, task, evenIfItFails, depth - 1);
            case IInvocationOperation call when facts.Waits.Behind(call) is { } behind:
                return Covers(behind, task, evenIfItFails, depth);
            case IInvocationOperation { TargetMethod.Name: "ContinueWith", Instance: { } antecedent } call when facts.Awaitables.IsTask(antecedent.Type):
                return !TakesToken(call) && Covers(antecedent, task, evenIfItFails: true, depth - 1);
            case IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "Unwrap" }, Arguments: [{ Value: var outer }] }:
                return Covers(outer, task, evenIfItFails, depth - 1);
            case IInvocationOperation { TargetMethod.Name: "WhenAny", Arguments: [{ Value: var tasks }] } when facts.CompletedTasks.IsRace(inner):
                return TaskSources.Listed(tasks) is [{ } only] && Covers(only, task, evenIfItFails: true, depth - 1);
            case IInvocationOperation { TargetMethod: { Name: var name } method } call when name.StartsWith("WhenAll", StringComparison.Ordinal) && facts.Awaitables.IsAwaitable(method.ReturnType):
                return AnyArgument(call, task, evenIfItFails, depth);
            case ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is [{ } value] && value.Bare() is IInvocationOperation:
                return Covers(value, task, evenIfItFails, depth - 1);
            default:
                return false;
        }
    }

    private bool AnyArgument(IInvocationOperation call, IOperation task, bool evenIfItFails, int depth)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value.Bare();
            if (value is IArrayCreationOperation { Initializer.ElementValues: var elements } ? AnyCovers(elements, task, evenIfItFails, depth) : IsAmong(value, task) || TaskPlaces.AreSame(value, task))
            {
                return true;
            }
        }

        return false;
    }

    private bool AnyCovers(ImmutableArray<IOperation> elements, IOperation task, bool evenIfItFails, int depth)
    {
        foreach (var element in elements)
        {
            if (element is ISpreadOperation spread ? IsAmong(spread.Operand, task) : Covers(element, task, evenIfItFails, depth - 1))
            {
                return true;
            }
        }

        return false;
    }

    // var both = new[] { t, u }; new List<Task> { t, u }.
    private bool ListsAmong(IOperation made, IOperation task)
    {
        if (made is not IObjectCreationOperation { Initializer.Initializers: var added })
        {
            return IsAmong(made, task);
        }

        foreach (var each in added)
        {
            if (each is IInvocationOperation { TargetMethod.Name: "Add", Arguments: [.., { Value: var value }] } && Covers(value, task))
            {
                return true;
            }
        }

        return false;
    }

    private bool TakesToken(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, facts.Types.CancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
