namespace AsyncGuard.Toolbox;

/// <summary>Which collection does a task come from?</summary>
internal static class TaskSources
{
    private const int Steps = 32;

    /// <summary>Those that the code lists; none where it does not.</summary>
    public static ImmutableArray<IOperation> Listed(IOperation tasks) => tasks.Bare() switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
        ICollectionExpressionOperation { Elements: var elements } => elements,
        _ => [],
    };

    /// <summary>Whether both come from the same collection.</summary>
    public static bool AreSame(IOperation one, IOperation other) => Of(one) is { } all && TaskPlaces.AreSame(all, Of(other));

    /// <summary>The variable that this value is reached through: of an element the collection, of a loop's or a query's variable what it runs over.</summary>
    public static IOperation? Of(IOperation? value)
    {
        var at = value?.Bare();
        for (var steps = 0; at is not null && steps < Steps; steps++)
        {
            if (SourceOf(at) is not { } next)
            {
                return at;
            }

            at = next.Bare();
        }

        return null;
    }

    /// <summary>What a loop's or a query's variable runs over, as it stands there.</summary>
    public static IOperation? RunOver(IOperation variable) => variable.Bare() switch
    {
        ILocalReferenceOperation local => LoopOver(local),
        IParameterReferenceOperation parameter => QueryOver(parameter),
        _ => null,
    };

    /// <summary>A call whose result comes out of what it is called on: of a collection or a query.</summary>
    public static IOperation? QueriedBy(IOperation operation) => operation switch
    {
        IConditionalAccessInstanceOperation instance => TaskPlaces.Receiver(instance),
        IInvocationOperation { Instance: { } instance, TargetMethod: var method } when IsOfCollections(method) => instance,
        IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method, Arguments: [{ Value: var first }, ..] } call when IsOfCollections(method) && !MakesOthers(call) => first,
        _ => null,
    };

    // A projection makes new tasks each time, unless it only reads them; what is put together has other sources too.
    private static bool MakesOthers(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Concat" or "Append" or "Prepend" or "Union" or "Zip" => true,
        "Select" or "SelectMany" => call.Arguments is not [_, { Value: var projection }] || !ReadsOnly(projection.Bare()),
        _ => false,
    };

    private static bool ReadsOnly(IOperation projection) =>
        (projection is IDelegateCreationOperation made ? made.Target : projection) is IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }
        && value.Bare() is IMemberReferenceOperation or IParameterReferenceOperation;

    private static IOperation? SourceOf(IOperation at) => at switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference,
        IPropertyReferenceOperation { Property: { IsIndexer: true } or { Name: "Values" or "Keys" }, Instance: { } all } => all,
        IMemberReferenceOperation { Instance: { } instance } when IsElement(instance.Bare()) => instance,
        ILocalReferenceOperation local => LoopOver(local) ?? CopyOf(local),
        IParameterReferenceOperation parameter => QueryOver(parameter),
        _ => QueriedBy(at),
    };

    // x.Work of a collection's x; a member of something else is a place of its own.
    private static bool IsElement(IOperation value) => value switch
    {
        IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } => true,
        IMemberReferenceOperation { Instance: { } inner } => IsElement(inner.Bare()),
        _ => RunOver(value) is not null,
    };

    private static bool IsOfCollections(IMethodSymbol method)
    {
        for (var space = method.ContainingType?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Collections" or "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation? LoopOver(ILocalReferenceOperation local)
    {
        for (var parent = local.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && loop.Locals.Contains(local.Local))
            {
                return loop.Collection;
            }
        }

        return null;
    }

    // var all = tasks.ToList(); var first = tasks[0]; all.TryGetValue(key, out var task): the tasks are the same.
    private static IOperation? CopyOf(ILocalReferenceOperation local)
    {
        if (LocalValues.Of(local.Local, local) is [var only])
        {
            var value = only.Bare();
            return value is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } || QueriedBy(value)?.Bare() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
                ? SourceOf(value)
                : null;
        }

        foreach (var operation in local.Root().Descendants())
        {
            if (operation is IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: var passed, Parent: IInvocationOperation { Instance: { } all, TargetMethod: var take } }
                && passed is IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var given } } && SymbolEqualityComparer.Default.Equals(given, local.Local))
            {
                return IsOfCollections(take) ? all : null;
            }
        }

        return null;
    }

    private static IOperation? QueryOver(IParameterReferenceOperation parameter)
    {
        for (var parent = parameter.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Contains(parameter.Parameter, SymbolEqualityComparer.Default))
            {
                return InPlaceLambdas.CallOf(lambda) switch
                {
                    { Instance: { } all, TargetMethod: var method } when IsOfCollections(method) => all,
                    { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } => first,
                    { TargetMethod: { ContainingType.Name: "Array" or "Parallel" }, Arguments: [{ Value: var first }, ..] } => first,
                    _ => null,
                };
            }
        }

        return null;
    }
}
