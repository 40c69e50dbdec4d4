namespace AsyncGuard.Toolbox;

/// <summary>Does a function of this compilation look after the task that it is given? Known by what it does, not by its name.</summary>
internal sealed class TaskReceivers(CompilationFacts facts)
{
    private const int LongestHandOver = 5;

    private readonly ConcurrentDictionary<IParameterSymbol, bool> _ignored = new(SymbolEqualityComparer.Default);

    /// <summary>Whether every function that the call can run lets the task in this argument go: a <c>Forget</c> that forgets indeed.</summary>
    public bool Ignores(IArgumentOperation argument, CancellationToken cancel) => Ignores(argument, LongestHandOver, cancel);

    public bool Ignores(IArgumentOperation argument, int handOvers, CancellationToken cancel)
    {
        if (handOvers == 0 || argument is not { Parent: IInvocationOperation call, Parameter: { RefKind: RefKind.None, IsParams: false } parameter } || !facts.Awaitables.IsAwaitable(parameter.Type))
        {
            return false;
        }

        var targets = facts.Targets.Of(call);
        foreach (var target in targets)
        {
            if (!Ignores(target.Parameters[parameter.Ordinal], target, handOvers, cancel))
            {
                return false;
            }
        }

        return !targets.IsEmpty;
    }

    private bool Ignores(IParameterSymbol parameter, IMethodSymbol function, int handOvers, CancellationToken cancel)
    {
        if (_ignored.TryGetValue(parameter, out var known))
        {
            return known;
        }

        var ignored = facts.Bodies.Of(function, cancel) is { } body && !IsLookedAt(parameter, body, handOvers - 1, cancel);
        if (handOvers == LongestHandOver)
        {
            _ignored.TryAdd(parameter, ignored); // a shorter look may have ended too early
        }

        return ignored;
    }

    private bool IsLookedAt(IParameterSymbol parameter, IOperation body, int handOvers, CancellationToken cancel)
    {
        foreach (var operation in body.Descendants())
        {
            cancel.ThrowIfCancellationRequested();
            if (operation is IParameterReferenceOperation { Parameter: var read } reference
                && SymbolEqualityComparer.Default.Equals(read, parameter)
                && facts.Observation.LooksAt(reference, handOvers))
            {
                return true;
            }
        }

        return false;
    }
}
