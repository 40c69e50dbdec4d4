namespace AsyncGuard.Toolbox;

/// <summary>Do two expressions name the same task, or tasks of the same collection?</summary>
internal static class TaskPlaces
{
    /// <summary>The same variable, or the same member of the same one.</summary>
    public static bool AreSame(IOperation? one, IOperation? other) => (one?.Bare(), other?.Bare()) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => Same(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => Same(a.Parameter, b.Parameter),
        (IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } } a, IMemberReferenceOperation b) =>
            Same(a.Member, b.Member) && ((a.Instance is null && b.Instance is null) || AreSame(a.Instance, b.Instance)),
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        (IArrayElementReferenceOperation a, IArrayElementReferenceOperation b) => AreSame(a.ArrayReference, b.ArrayReference) && a.Indices.Length == 1 && HasSameIndex(a.Indices[0], b.Indices[0]),
        (IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var a] } first, IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var b] } second) =>
            AreSame(first.Instance, second.Instance) && HasSameIndex(a.Value, b.Value),
        _ => false,
    };

    /// <summary>The variable that this value is reached through: of an element the collection, of a loop's or a query's variable what it runs over.</summary>
    public static IOperation? CollectionOf(IOperation? value)
    {
        var at = value?.Bare();
        for (var steps = 0; at is not null && steps < 32; steps++)
        {
            var next = at switch
            {
                IArrayElementReferenceOperation element => element.ArrayReference,
                IMemberReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } => instance,
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } => first,
                ILocalReferenceOperation local => LoopOver(local) ?? QueryOf(local),
                IParameterReferenceOperation parameter => QueryOver(parameter),
                _ => null,
            };

            if (next is null)
            {
                return at;
            }

            at = next.Bare();
        }

        return null;
    }

    /// <summary>What stands before the question mark of the access that this is the instance of.</summary>
    public static IOperation? Receiver(IConditionalAccessInstanceOperation instance)
    {
        for (IOperation child = instance; child.Parent is { } parent; child = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return access.Operation;
            }
        }

        return null;
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

    // var all = tasks.ToList(); the tasks are the same.
    private static IOperation? QueryOf(ILocalReferenceOperation local) =>
        LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "ToList" or "ToArray" or "AsEnumerable" }, Arguments: [{ Value: var source }] }
        && source.Bare() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
            ? source
            : null;

    private static IOperation? QueryOver(IParameterReferenceOperation parameter)
    {
        for (var parent = parameter.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Contains(parameter.Parameter, SymbolEqualityComparer.Default))
            {
                for (var outer = lambda.Parent; outer is not null; outer = outer.Parent)
                {
                    if (outer is IInvocationOperation call)
                    {
                        return call.Instance ?? (call.Arguments is [{ Value: var first }, ..] ? first : null);
                    }
                }
            }
        }

        return null;
    }

    private static bool HasSameIndex(IOperation one, IOperation other) =>
        one.ConstantValue is { HasValue: true, Value: var a } ? other.ConstantValue is { HasValue: true, Value: var b } && Equals(a, b) : AreSame(one, other);

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
