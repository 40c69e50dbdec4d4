namespace AsyncGuard.Toolbox;

/// <summary>Can this call, creation or property fail where it stands? Its arguments have been looked at already.</summary>
internal readonly struct CallEscapes(CompilationFacts facts, EscapeSearch search)
{
    public IOperation? AtCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (facts.Waits.BlockedOn(call) is { } blocked)
        {
            return new AwaitedValues(facts, search).WhenAwaited(blocked, call);
        }

        if (LogCalls.IsLog(call) || HarmlessCalls.ByName(method) || method.IsAsync)
        {
            return null;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return AtDelegate(call.Instance, awaited: false) ? null : call;
        }

        var targets = facts.Targets.Of(call);
        if (!targets.IsEmpty)
        {
            return search.Inquiry.AreGuarded(targets, awaited: false) ? null : call;
        }

        return facts.Harmless.AtCall(call) && (!HarmlessCalls.RunsItsDelegates(method) || AreHarmless(call.Arguments)) ? null : call;
    }

    public IOperation? AtCreation(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor || facts.Harmless.AtCreation(constructor))
        {
            return null;
        }

        return facts.Targets.IsOfThisCompilation(constructor) && search.Inquiry.IsGuarded(constructor, awaited: false) ? null : creation;
    }

    public IOperation? AtProperty(IPropertyReferenceOperation property)
    {
        if (facts.Waits.BlockedOn(property) is { } blocked)
        {
            return new AwaitedValues(facts, search).WhenAwaited(blocked, property);
        }

        var isWritten = property.Parent is ISimpleAssignmentOperation { Target: var target } && ReferenceEquals(target, property);
        var accessor = isWritten ? property.Property.SetMethod : property.Property.GetMethod;
        if (accessor is not null && facts.Targets.IsOfThisCompilation(accessor) && property.Instance is not { Type.TypeKind: TypeKind.Interface })
        {
            return search.Inquiry.IsGuarded(accessor, awaited: false) ? null : property;
        }

        return HarmlessCalls.AtProperty(property.Property, isWritten) || (property.Arguments.Length == 1 && IsCounted([property.Arguments[0].Value])) ? null : property;
    }

    /// <summary>An operator of this compilation fails as its body does; those of libraries calculate.</summary>
    public IOperation? AtOperator(IMethodSymbol method, IOperation operation) =>
        !facts.Targets.IsOfThisCompilation(method) || search.Inquiry.IsGuarded(method, awaited: false) ? null : operation;

    /// <summary>Whether an index is the counter of a <c>for</c> loop: its author has thought of the bounds.</summary>
    public static bool IsCounted(ImmutableArray<IOperation> indices)
    {
        foreach (var index in indices)
        {
            if (index.Bare() is not ILocalReferenceOperation { Local: var local } || !IsCounter(local, index))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a delegate that is a lambda or method of this compilation is guarded.</summary>
    public bool AtDelegate(IOperation? value, bool awaited)
    {
        switch (value?.Bare())
        {
            case IDelegateCreationOperation creation:
                return AtDelegate(creation.Target, awaited);
            case IAnonymousFunctionOperation { Symbol.IsAsync: true } when !awaited:
                return true;
            case IAnonymousFunctionOperation lambda:
                return new EscapeSearch(facts, search.Inquiry, awaited).FirstInside(lambda) is null;
            case IMethodReferenceOperation reference:
                var targets = facts.Targets.Of(reference.Method);
                return !targets.IsEmpty && search.Inquiry.AreGuarded(targets, awaited);
            case ILocalReferenceOperation local when search.Enter():
                var guarded = LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreAll(values, awaited);
                search.Leave();
                return guarded;
            default:
                return false;
        }
    }

    private bool AreAll(ImmutableArray<IOperation> delegates, bool awaited)
    {
        foreach (var each in delegates)
        {
            if (!AtDelegate(each, awaited))
            {
                return false;
            }
        }

        return true;
    }

    private bool AreHarmless(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.Bare() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation } creation && !AtDelegate(creation, awaited: false))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCounter(ILocalSymbol local, IOperation at)
    {
        for (var parent = at.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForLoopOperation loop && loop.Locals.Contains(local))
            {
                return true;
            }
        }

        return false;
    }
}
