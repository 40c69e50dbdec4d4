namespace AsyncGuard.Toolbox;

/// <summary>Can reading or writing this property fail? Its arguments have been looked at already.</summary>
internal readonly struct PropertyEscapes(CompilationFacts facts, EscapeSearch search)
{
    public Escape? At(IPropertyReferenceOperation property)
    {
        if (facts.Waits.BlockedOn(property) is { } blocked)
        {
            return new AwaitedValues(facts, search).WhenAwaited(blocked, property);
        }

        if (property is { Property: { Name: "Value", ContainingType: var type }, Instance: { } lazy } && new HeldDelegates(facts, search).IsLazy(type))
        {
            return new HeldDelegates(facts, search.When(awaited: false)).Of(lazy) is { At: not null } cause ? new(property, cause) : null;
        }

        var isWritten = property.Parent is IAssignmentOperation { Target: var target } && ReferenceEquals(target, property);
        var isRead = !isWritten || property.Parent is ICompoundAssignmentOperation or ICoalesceAssignmentOperation;
        return (isRead ? AtAccessor(property.Property.GetMethod, property, isWritten: false) : null)
            ?? (isWritten || property.Parent is IIncrementOrDecrementOperation ? AtAccessor(property.Property.SetMethod, property, isWritten: true) : null);
    }

    private Escape? AtAccessor(IMethodSymbol? accessor, IPropertyReferenceOperation property, bool isWritten)
    {
        if (accessor is not null && facts.Targets.On(accessor, property.Instance) is { IsEmpty: false } targets)
        {
            return (isWritten || CatchClauses.Around(property) is null) // what a handler reads to say more of an error is not what fails next
                && search.Inquiry.FirstOf(targets, awaited: false) is { } cause ? new(property, cause) : null;
        }

        return HarmlessCalls.AtProperty(property.Property, isWritten) || (property.Arguments is [{ Value: var index }] && LoopCounters.Is(index)) ? null : new(property);
    }
}
