namespace AsyncGuard.Toolbox;

/// <summary>Can enumerating this value fail? Its making has been looked at already.</summary>
internal readonly struct EnumeratedValues(CompilationFacts facts, EscapeSearch search)
{
    public Escape? AtLoop(IForEachLoopOperation loop)
    {
        var collection = loop.Collection.Bare();
        return loop.IsAsynchronous ? new AwaitedValues(facts, search).WhenAwaited(loop.Collection, loop.Collection)
            : HarmlessCalls.IsQuery(collection.Type) && collection is not IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" } ? Of(collection, loop.Collection)
            : null;
    }

    public Escape? Of(IOperation value, IOperation shown)
    {
        switch (value)
        {
            case IInvocationOperation { TargetMethod: var method } query when new Queries(facts, search).Describes(method):
                return new Queries(facts, search).First(query, shown);
            case IInvocationOperation call when facts.Targets.Of(call) is { IsEmpty: false } targets && AreIterators(targets):
                return search.Inquiry.FirstOf(targets, awaited: true) is { } cause ? new(shown, cause) : null;
            case ILocalReferenceOperation { Local: var local } when LocalValues.Of(local, value) is { IsEmpty: false } values:
                return OfVariable(local, values, shown);
            case IPropertyReferenceOperation { Property.GetMethod: { } get, Instance: var owner } when facts.Targets.On(get, owner) is [{ AssociatedSymbol: IPropertySymbol { SetMethod: null } property }]
                && MemberValues.Of(property, facts, search.Inquiry.Cancel) is { IsEmpty: false } values:
                return OfVariable(property, values, shown);
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }:
                return null; // what an object was made with
            case IFieldReferenceOperation { Field: { IsReadOnly: true } field } when MemberValues.Of(field, facts, search.Inquiry.Cancel) is { IsEmpty: false } values:
                return OfVariable(field, values, shown);
            case IPropertyReferenceOperation { Property: { IsIndexer: false, Type.Name: "IEnumerable", GetMethod: { } get }, Instance: var owner } when facts.Targets.On(get, owner).IsEmpty:
                return null; // what a property gives is there, by the guidelines; a query is a method's to make
            default:
                return HarmlessCalls.IsQuery(value.Type) ? new(shown) : null;
        }
    }

    private Escape? OfVariable(ISymbol variable, ImmutableArray<IOperation> values, IOperation shown)
    {
        if (!search.Inquiry.Follow(variable))
        {
            return null;
        }

        var escape = FirstOf(values, shown);
        search.Inquiry.Unfollow(variable);
        return escape;
    }

    private Escape? FirstOf(ImmutableArray<IOperation> values, IOperation shown)
    {
        foreach (var value in values)
        {
            if (Of(value.Bare(), shown) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private bool AreIterators(ImmutableArray<IMethodSymbol> targets)
    {
        foreach (var target in targets)
        {
            if (facts.Bodies.Of(target, search.Inquiry.Cancel) is not { } body || !Iterators.IsBodyOfOne(body))
            {
                return false;
            }
        }

        return true;
    }
}
