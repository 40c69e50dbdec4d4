namespace AsyncGuard.Toolbox;

/// <summary>Can awaiting this value fail with anything but cancellation? Its making has been looked at already.</summary>
internal readonly struct AwaitedValues(CompilationFacts facts, EscapeSearch search)
{
    /// <summary>The operation to show as evidence: the call that makes the task where there is one, else <paramref name="wait"/>.</summary>
    public IOperation? WhenAwaited(IOperation? value, IOperation wait)
    {
        if (value is null || !search.Enter())
        {
            return null;
        }

        var escape = Find(value.Bare(), wait);
        search.Leave();
        return escape;
    }

    private IOperation? Find(IOperation value, IOperation wait) => value switch
    {
        IInvalidOperation or ILiteralOperation or IDefaultValueOperation => null,
        IThrowOperation => null, // looked at where it stands
        IInvocationOperation call => AtCall(call, wait),
        IConditionalOperation choice => WhenAwaited(choice.WhenTrue, wait) ?? WhenAwaited(choice.WhenFalse, wait),
        ICoalesceOperation choice => WhenAwaited(choice.Value, wait) ?? WhenAwaited(choice.WhenNull, wait),
        IConditionalAccessOperation access => WhenAwaited(access.WhenNotNull, wait),
        ISwitchExpressionOperation choice => AtArms(choice, wait),
        IAssignmentOperation assignment => WhenAwaited(assignment.Value, wait),
        ILocalReferenceOperation { Local: var local } => LocalValues.Of(local, value) is { IsEmpty: false } values ? FirstOf(values, wait) : wait,
        IPropertyReferenceOperation property => facts.Waits.IsWait(property.Property) ? null : wait,
        IObjectCreationOperation { Arguments: var arguments } => FirstOf(arguments, wait), // new ValueTask<T>(task)
        _ => wait,
    };

    private IOperation? AtCall(IInvocationOperation call, IOperation wait)
    {
        var method = call.TargetMethod;
        if (Waits.Suppresses(call) || HarmlessCalls.ByName(method))
        {
            return null;
        }

        if (facts.Waits.Behind(call) is { } task)
        {
            return WhenAwaited(task, wait);
        }

        if (facts.Waits.IsForAll(method))
        {
            return AtAll(call);
        }

        if (facts.Waits.Starts(method))
        {
            return FirstDelegate(call) is { } work && new CallEscapes(facts, search).AtDelegate(work, awaited: true) ? null : call;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return new CallEscapes(facts, search).AtDelegate(call.Instance, awaited: true) ? null : call;
        }

        var targets = facts.Targets.Of(call);
        var guarded = targets.IsEmpty ? facts.Harmless.WhenAwaited(method) : search.Inquiry.AreGuarded(targets, awaited: true);
        return guarded ? null : call;
    }

    private IOperation? AtAll(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var tasks = argument.Value.Bare() switch
            {
                IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
                ICollectionExpressionOperation { Elements: var elements } => elements,
                _ => [],
            };

            if (tasks.IsEmpty)
            {
                return call;
            }

            if (FirstOf(tasks, call) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private IOperation? AtArms(ISwitchExpressionOperation choice, IOperation wait)
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

    private IOperation? FirstOf<T>(ImmutableArray<T> values, IOperation wait)
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

    private static IOperation? FirstDelegate(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is { TypeKind: TypeKind.Delegate })
            {
                return argument.Value;
            }
        }

        return null;
    }
}
