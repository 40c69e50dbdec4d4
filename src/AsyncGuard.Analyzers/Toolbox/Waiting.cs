namespace AsyncGuard.Toolbox;

/// <summary>Who waits while a function blocks its thread.</summary>
/// <param name="Thread">Whose thread it is.</param>
/// <param name="Consequence">What comes of it.</param>
internal sealed record WaitingThread(string Thread, string Consequence)
{
    private const string Starves = "starves the pool under load";

    public static WaitingThread Request { get; } = new("the request's thread", Starves);

    public static WaitingThread Background { get; } = new("a pool thread", Starves);

    public static WaitingThread Window { get; } = new("the window's thread", "freezes the window or deadlocks");

    public static WaitingThread AsyncCaller { get; } = new("the thread of an async caller", Starves);
}

/// <summary>Who is kept waiting when this synchronous function blocks? Asked for suspicious sites only; each answer is kept.</summary>
internal sealed class Waiting(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _hasAsyncCaller = new(SymbolEqualityComparer.Default);

    /// <summary><see langword="null"/> where nobody is known to.</summary>
    public WaitingThread? For(IMethodSymbol function, IOperation site, ISymbol containing, CancellationToken cancel) =>
        facts.Requests.IsInRequestScope(function) ? WaitingThread.Request
        : facts.UiHandlers.IsInHandler(function) ? WaitingThread.Window
        : facts.Entries.EntryOf(site, containing, cancel) is { Kind: not (EntryKind.Thread or EntryKind.AwaitedByService) } ? WaitingThread.Background
        : IsGivenToPool(function, cancel) ? WaitingThread.Background
        : HasAsyncCaller(function, cancel) ? WaitingThread.AsyncCaller
        : null;

    // Awaited or not, it is a pool thread that Task.Run runs it on.
    private bool IsGivenToPool(IMethodSymbol function, CancellationToken cancel)
    {
        foreach (var use in DelegatesOf.Function(function, facts, cancel))
        {
            if (use.Parent is IArgumentOperation { Parent: IInvocationOperation start } && facts.Waits.Starts(start.TargetMethod))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasAsyncCaller(IMethodSymbol function, CancellationToken cancel)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction)
        {
            return false;
        }

        return _hasAsyncCaller.TryGetValue(function, out var known) ? known : _hasAsyncCaller.GetOrAdd(function, IsCalledByAsync(function, cancel));
    }

    private bool IsCalledByAsync(IMethodSymbol function, CancellationToken cancel)
    {
        foreach (var use in facts.References.Of(function, cancel))
        {
            if (use is IInvocationOperation && RunningFunction.MemberAt(use, facts.Bodies, cancel) is { } member
                && SymbolEqualityComparer.Default.Equals(member.ContainingType.OriginalDefinition, function.ContainingType.OriginalDefinition)
                && use.IsInAsyncFunction(member))
            {
                return true;
            }
        }

        return false;
    }
}
