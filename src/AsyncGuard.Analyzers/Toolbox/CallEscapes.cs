namespace AsyncGuard.Toolbox;

/// <summary>Can this call or creation fail where it stands? Its arguments have been looked at already.</summary>
internal readonly struct CallEscapes(CompilationFacts facts, EscapeSearch search)
{
    public Escape? AtCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (facts.Waits.BlockedOn(call) is { } blocked)
        {
            return new AwaitedValues(facts, search).WhenAwaited(blocked, call);
        }

        if (method.MethodKind == MethodKind.Constructor)
        {
            return AtConstructor(method, call); // ": base(…)", written or not
        }

        if (LogCalls.IsLog(call) || LogCalls.TellsUser(call) || HarmlessCalls.ByName(method) || method.IsAsync)
        {
            return null;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return AtDelegate(call.Instance, call, awaited: false);
        }

        var targets = facts.Targets.Of(call);
        var queries = new Queries(facts, search);
        return !targets.IsEmpty ? AtTargets(targets, call, awaited: false)
            : queries.Describes(method) ? null
            : queries.Runs(method) ? queries.First(call, call)
            : !facts.Harmless.AtCall(call) ? new(call)
            : HarmlessCalls.RunsItsDelegates(method) ? AtDelegates(call)
            : null;
    }

    public Escape? AtCreation(IObjectCreationOperation creation) => creation.Constructor is { } constructor ? AtConstructor(constructor, creation) : null;

    /// <summary>A call of functions of this compilation, with what is known of the delegates that it passes.</summary>
    public Escape? AtTargets(ImmutableArray<IMethodSymbol> targets, IOperation call, bool awaited)
    {
        var cause = search.Inquiry.FirstOf(targets, awaited);
        if (cause is not null && GuardedArguments(call) is not 0 and var given)
        {
            cause = search.Inquiry.FirstOf(targets, awaited, given);
        }

        return cause is null ? null : new(call, cause);
    }

    /// <summary>A call of a delegate, or of what only runs it.</summary>
    public Escape? AtDelegate(IOperation? value, IOperation call, bool awaited) =>
        new HeldDelegates(facts, search.When(awaited)).Of(value) is { } cause ? new(call, cause) : null;

    private Escape? AtConstructor(IMethodSymbol constructor, IOperation call) =>
        facts.Targets.IsOfThisCompilation(constructor) ? AtTargets([constructor], call, awaited: false)
        : facts.HarmlessCreations.Includes(constructor) || (call is IInvocationOperation && constructor.Parameters.IsEmpty) ? null
        : new(call);

    private int GuardedArguments(IOperation call)
    {
        var given = 0;
        foreach (var argument in call is IInvocationOperation invocation ? invocation.Arguments : call is IObjectCreationOperation creation ? creation.Arguments : [])
        {
            if (argument.Parameter is { Type: INamedTypeSymbol { DelegateInvokeMethod: { } invoke } } parameter
                && AtDelegate(argument.Value, call, facts.Awaitables.IsAwaitable(invoke.ReturnType)) is null)
            {
                given |= GuardedParameters.BitOf(parameter);
            }
        }

        return given;
    }

    private Escape? AtDelegates(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.OriginalDefinition is { Type.TypeKind: TypeKind.Delegate } && AtDelegate(argument.Value, call, awaited: false) is { } escape) // an element that is one is only kept
            {
                return escape;
            }
        }

        return null;
    }
}
