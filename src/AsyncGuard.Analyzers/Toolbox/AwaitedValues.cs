namespace AsyncGuard.Toolbox;

/// <summary>Can awaiting this value fail with anything but cancellation? Its making has been looked at already.</summary>
internal readonly struct AwaitedValues(CompilationFacts facts, EscapeSearch search)
{
    /// <summary>The operation to show as evidence: the call that makes the task where there is one, else <paramref name="wait"/>.</summary>
    public Escape? WhenAwaited(IOperation? value, IOperation wait)
    {
        if (value is null || !search.Inquiry.Enter())
        {
            return null;
        }

        var escape = Find(value.Bare(), wait);
        search.Inquiry.Leave();
        return escape is not null && search.Inquiry.PassesBy(escape) ? null : escape;
    }

    private Escape? Find(IOperation value, IOperation wait) => value switch
    {
        IInvalidOperation or ILiteralOperation or IDefaultValueOperation => null,
        IThrowOperation => null, // looked at where it stands
        IInvocationOperation call => AtCall(call, wait),
        IConditionalOperation choice => WhenAwaited(choice.WhenTrue, wait) ?? WhenAwaited(choice.WhenFalse, wait),
        ICoalesceOperation choice => WhenAwaited(choice.Value, wait) ?? WhenAwaited(choice.WhenNull, wait),
        IConditionalAccessOperation access => WhenAwaited(access.WhenNotNull, wait),
        ISwitchExpressionOperation choice => AtArms(choice, wait),
        IAssignmentOperation assignment => WhenAwaited(assignment.Value, wait),
        ILocalReferenceOperation { Local: var local } => LocalValues.Of(local, value) is { IsEmpty: false } values ? OfLocal(local, values, wait) : new(wait),
        IPropertyReferenceOperation property => AtProperty(property, wait),
        IObjectCreationOperation { Arguments: var arguments } => FirstOf(arguments, wait), // new ValueTask<T>(task)
        _ => new(wait),
    };

    private Escape? AtCall(IInvocationOperation call, IOperation wait)
    {
        var method = call.TargetMethod;
        if (Waits.Suppresses(call) || HarmlessCalls.ByName(method) || LogCalls.TellsUser(call))
        {
            return null;
        }

        if ((facts.Waits.Behind(call) ?? facts.Waits.StreamBehind(call)) is { } task)
        {
            return WhenAwaited(task, wait);
        }

        if (facts.Waits.IsForAll(method))
        {
            return new AwaitedCollections(facts, search).First(call);
        }

        if (facts.Waits.Starts(method))
        {
            var work = Continuations.WorkOf(call);
            return AsyncVoidFunctions.IsOne(work) ? null : Calls.AtDelegate(work, call, awaited: true); // the task is over at its first await, and its error ends the process
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return Calls.AtDelegate(call.Instance, call, awaited: true);
        }

        if (facts.Continuations.IsContinuation(call) && call.Instance is { } antecedent && Continuations.RunsAfterSuccess(call, search.Inquiry.Cancel)
            && (facts.Continuations.SightOf(call, search.Inquiry.Cancel) == FaultSight.Seen || WhenAwaited(antecedent, wait) is null))
        {
            return Calls.AtDelegate(Continuations.WorkOf(call), call, awaited: true); // it ends as its own work does
        }

        var targets = facts.Targets.Of(call);
        return !targets.IsEmpty ? Calls.AtTargets(targets, call, awaited: true)
            : facts.Harmless.WhenAwaited(method) ? null
            : new(call);
    }

    private CallEscapes Calls => new(facts, search);

    private Escape? AtProperty(IPropertyReferenceOperation property, IOperation wait)
    {
        if (facts.Waits.IsWait(property.Property) || IsOfSupervised(property.Property))
        {
            return null;
        }

        var delegates = new HeldDelegates(facts, search.When(awaited: true));
        if (property is { Property: { Name: "Value", ContainingType: var type }, Instance: { } lazy } && delegates.IsLazy(type))
        {
            return delegates.Of(lazy) is { } factory ? new(property, factory) : null;
        }

        // What a stored task may do nobody sees here; what a getter makes is seen.
        return property.Property.GetMethod is { } get && facts.Targets.On(get, property.Instance) is [var target] && facts.Bodies.Of(target, search.Inquiry.Cancel) is not null
            ? search.Inquiry.Of(target, awaited: true) is { } cause ? new(property, cause) : null
            : new(wait);
    }

    // The supervisor has logged the failure before the task ends with it.
    private bool IsOfSupervised(IPropertySymbol property) =>
        property.Name == "Completion" && SymbolEqualityComparer.Default.Equals(property.ContainingType, facts.Types["AsyncGuard.SupervisedTask"]);

    private Escape? OfLocal(ILocalSymbol local, ImmutableArray<IOperation> values, IOperation wait)
    {
        if (!search.Inquiry.Follow(local))
        {
            return null;
        }

        var escape = FirstOf(values, wait);
        search.Inquiry.Unfollow(local);
        return escape;
    }

    private Escape? AtArms(ISwitchExpressionOperation choice, IOperation wait)
    {
        foreach (var arm in choice.Arms)
        {
            if (WhenAwaited(arm.Value, wait) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private Escape? FirstOf<T>(ImmutableArray<T> values, IOperation wait)
        where T : IOperation
    {
        foreach (var value in values)
        {
            if (WhenAwaited(value is IArgumentOperation argument ? argument.Value : value, wait) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }
}
