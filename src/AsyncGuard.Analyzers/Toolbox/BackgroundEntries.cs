namespace AsyncGuard.Toolbox;

/// <summary>Does this code run in the background, and how does it come to? Asked for suspicious sites only; each answer is kept.</summary>
internal sealed class BackgroundEntries(CompilationFacts facts)
{
    /// <summary>How many callers one looks at. What more functions than these lead to is everybody's, not some background loop's; to ask for all of them cost half of what all rules cost.</summary>
    private const int MostFunctions = 24;

    private readonly ConcurrentDictionary<IMethodSymbol, Found> _known = new(SymbolEqualityComparer.Default);
    private readonly Starters _starters = new(facts.Types, facts.Awaitables);
    private readonly HostCalls _services = new(facts.Types);

    /// <summary>How the function that this operation stands in comes to run in the background; <see langword="null"/> where it is not known to.</summary>
    public BackgroundEntry? EntryOf(IOperation site, ISymbol containing, CancellationToken cancel)
    {
        if (RunningFunction.Around(site, containing) is not { } function)
        {
            return null;
        }

        if (!_known.TryGetValue(function.Symbol, out var found))
        {
            found = _known.GetOrAdd(function.Symbol, new Found(Search(function, cancel)));
        }

        return found.Entry;
    }

    /// <summary>The call that gives this code to the runtime; <see langword="null"/> where it is not itself a body of one of its verbs.</summary>
    public IOperation? SupervisedAt(IOperation site, ISymbol containing) =>
        RunningFunction.Around(site, containing)?.Lambda is { } lambda && _starters.UseOf(lambda) is (DelegateUse.Supervised, var place) ? place : null;

    /// <summary>Whether this is the body of a <c>BackgroundService</c>.</summary>
    public bool IsExecute(IMethodSymbol method) => _services.KindOf(method) == EntryKind.ServiceExecute;

    // Breadth first, so that the nearest start is found, and with a memory of what was seen, so that recursion ends. A start that is
    // repeated outweighs one that is not: what a timer begins again is not over when it ends.
    private BackgroundEntry? Search(RunningFunction first, CancellationToken cancel)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default) { first.Symbol };
        var waiting = new Queue<(RunningFunction Function, bool IsRepeated)>();
        waiting.Enqueue((first, false));
        BackgroundEntry? once = null;
        while (waiting.Count > 0 && seen.Count < MostFunctions)
        {
            cancel.ThrowIfCancellationRequested();
            var (function, isRepeated) = waiting.Dequeue();
            foreach (var start in StartsOf(function, first, isRepeated, cancel))
            {
                if (start.Entry is { IsRepeated: true } found)
                {
                    return found;
                }

                once ??= start.Entry;
                if (start.Caller is { } caller && seen.Add(caller.Symbol))
                {
                    waiting.Enqueue((caller, start.IsRepeated));
                }
            }
        }

        return once;
    }

    private IEnumerable<Start> StartsOf(RunningFunction function, RunningFunction first, bool isRepeated, CancellationToken cancel)
    {
        if (_services.KindOf(function.Symbol) is { } kind)
        {
            yield return new(new(EntryOfService(kind, function, first), function.Name, isRepeated));
        }
        else if (function.Lambda is { } lambda)
        {
            yield return StartOfDelegate(lambda, function.Member, isRepeated);
        }
        else
        {
            foreach (var use in facts.References.Of(function.Symbol, cancel))
            {
                var member = RunningFunction.MemberAt(use, facts.Bodies, cancel);
                yield return use is IInvocationOperation call
                    ? StartOfCall(function, call, member, first, isRepeated)
                    : StartOfDelegate(use, member, isRepeated);
            }
        }
    }

    private Start StartOfDelegate(IOperation function, ISymbol? member, bool isRepeated)
    {
        var (use, place) = _starters.UseOf(function);
        isRepeated |= use == DelegateUse.Repeated || facts.Loops.Around(place) is not null;
        return use switch
        {
            DelegateUse.Started => new(new(EntryKind.Started, place.Syntax.GetLocation(), isRepeated)),
            DelegateUse.Thread => new(new(EntryKind.Thread, place.Syntax.GetLocation(), isRepeated)),
            DelegateUse.Timer => new(new(EntryKind.Timer, place.Syntax.GetLocation(), isRepeated)),
            DelegateUse.Inline when place is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call && IsUnobserved(call) =>
                new(new(EntryKind.Unobserved, place.Syntax.GetLocation(), isRepeated)),
            DelegateUse.Inline or DelegateUse.Repeated => new(null, RunningFunction.Around(place, member), isRepeated),
            _ => default,
        };
    }

    private Start StartOfCall(RunningFunction function, IInvocationOperation call, ISymbol? member, RunningFunction first, bool isRepeated)
    {
        isRepeated |= facts.Loops.Around(call) is not null;
        if ((IsUnobserved(call) && !IsRequest(function.Symbol)) || function.Symbol is { IsAsync: true, ReturnsVoid: true })
        {
            return new(new(EntryKind.Unobserved, call.Syntax.GetLocation(), isRepeated || _starters.RunsAgain(RunningFunction.Around(call, member)?.Lambda)));
        }

        if (RunningFunction.Around(call, member) is not { } caller)
        {
            return default;
        }

        // Called from one that is itself started; or called by private members only, and one of them is.
        return ReferenceEquals(function, first) || function.IsPrivate ? new(null, caller, isRepeated) : default;
    }

    // What another type's service awaits runs as long as the service does.
    private static EntryKind EntryOfService(EntryKind kind, RunningFunction service, RunningFunction first) =>
        SymbolEqualityComparer.Default.Equals(service.Symbol.ContainingType, first.Symbol.ContainingType) ? kind : EntryKind.AwaitedByService;

    // An action that is begun ahead of its requests stays an action: whoever asks for it sees it fail.
    private bool IsRequest(IMethodSymbol function) =>
        function is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false } && facts.Requests.IsRequestType(function.ContainingType);

    private bool IsUnobserved(IInvocationOperation call) =>
        facts.Awaitables.IsAwaitable(call.Type) && (facts.Observation.FateOf(call) != Fate.Observed || facts.StoredTasks.IsSeenAtStopOnly(call));

    private readonly record struct Start(BackgroundEntry? Entry, RunningFunction? Caller = null, bool IsRepeated = false);

    private sealed record Found(BackgroundEntry? Entry);
}
