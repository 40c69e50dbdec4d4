namespace AsyncGuard.Toolbox;

/// <summary>Do two expressions name the same task?</summary>
internal static class TaskPlaces
{
    /// <summary>The same variable, or the same member of the same one.</summary>
    public static bool AreSame(IOperation? one, IOperation? other) => (Named(one), Named(other)) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => Same(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => Same(a.Parameter, b.Parameter),
        (IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } } a, IMemberReferenceOperation b) =>
            Same(a.Member, b.Member) && ((a.Instance is null && b.Instance is null) || AreSame(a.Instance, b.Instance)),
        (IInstanceReferenceOperation { ReferenceKind: var a }, IInstanceReferenceOperation { ReferenceKind: var b }) => a == b,
        (IArrayElementReferenceOperation a, IArrayElementReferenceOperation b) => AreSame(a.ArrayReference, b.ArrayReference) && a.Indices.Length == 1 && HasSameIndex(a.Indices[0], b.Indices[0]),
        (IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var a] } first, IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var b] } second) =>
            AreSame(first.Instance, second.Instance) && HasSameIndex(a.Value, b.Value),
        _ => false,
    };

    /// <summary>Whether the operation puts another task into this place.</summary>
    public static bool Assigns(IOperation within, IOperation task)
    {
        foreach (var operation in within.DescendantsAndSelf())
        {
            if ((operation is IAssignmentOperation { Target: var target } && AreSame(target, task))
                || (operation is IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: var passed } && AreSame(passed, task)))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>The instance that what stands behind a question mark begins with.</summary>
    public static IOperation? FirstIn(IOperation access)
    {
        var at = access;
        while (at is not (null or IConditionalAccessInstanceOperation))
        {
            at = at switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } => first,
                IPropertyReferenceOperation property => property.Instance,
                IConditionalAccessOperation inner => inner.Operation,
                IConversionOperation conversion => conversion.Operand,
                _ => null,
            };
        }

        return at;
    }

    /// <summary>
    /// The variable that this one is only another name of, of another type perhaps: <c>if (task is Task&lt;int&gt; typed)</c>,
    /// <c>var typed = (Task&lt;int&gt;)task</c>. None where either is ever given another task.
    /// </summary>
    public static IOperation? AliasOf(IOperation task)
    {
        if (task.Bare() is not ILocalReferenceOperation local)
        {
            return null;
        }

        var source = LocalValues.Of(local.Local, local) switch
        {
            [var only] => only.Bare(),
            [] => MatchedBy(local),
            _ => null,
        };
        return source switch
        {
            ILocalReferenceOperation other when LocalValues.Of(other.Local, other).Length == 1 => other,
            IParameterReferenceOperation parameter when !Assigns(parameter.Root(), parameter) => parameter,
            _ => null,
        };
    }

    private static IOperation? MatchedBy(ILocalReferenceOperation local)
    {
        foreach (var operation in local.Root().Descendants())
        {
            if (operation is IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } declared }, Value: var value } && Same(declared, local.Local))
            {
                return value.Bare();
            }
        }

        return null;
    }

    private static IOperation? Named(IOperation? operation)
    {
        var named = operation?.Bare();
        return named is IConditionalAccessInstanceOperation instance ? Receiver(instance)?.Bare() : named;
    }

    private static bool HasSameIndex(IOperation one, IOperation other) =>
        one.ConstantValue is { HasValue: true, Value: var a } ? other.ConstantValue is { HasValue: true, Value: var b } && Equals(a, b) : AreSame(one, other);

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
