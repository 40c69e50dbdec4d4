namespace AsyncGuard.Toolbox;

/// <summary>Does an error leave this function, or the delegate in this variable: at the call, or when its result is awaited?</summary>
/// <param name="Subject">A function, or a local, field, property or parameter that holds a delegate.</param>
/// <param name="Awaited">Whether its result is awaited.</param>
/// <param name="Given">The parameters to which guarded delegates are passed.</param>
internal readonly record struct EscapeQuestion(ISymbol Subject, bool Awaited, int Given = 0);

/// <summary>One question about a function with all those it leads to, safe under recursion.</summary>
/// <remarks>
/// A function in progress is taken for guarded. What rests on that is kept for this inquiry only, until the outermost function is known:
/// then it holds, because an error found is one whatever was assumed, and finding one in an assumed function drops what rested on it.
/// </remarks>
internal sealed class EscapeInquiry(CompilationFacts facts, ConcurrentDictionary<EscapeQuestion, Escape?> answers, SoughtErrors sought, CancellationToken cancel)
{
    private const int DeepestCall = 32;

    // Operations nest as deep as their author pleases; beyond this nobody wrote them by hand, and the stack is finite.
    private const int DeepestNesting = 900;

    private readonly HashSet<EscapeQuestion> _open = [];
    private readonly HashSet<EscapeQuestion> _assumed = [];
    private readonly HashSet<EscapeQuestion> _tentative = [];
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private int _depth;
    private bool _tooDeep;

    public CancellationToken Cancel => cancel;

    /// <summary>What leaves one of these functions; <see langword="null"/> when all of them are guarded.</summary>
    public Escape? FirstOf(ImmutableArray<IMethodSymbol> functions, bool awaited, int given = 0)
    {
        foreach (var function in functions)
        {
            if (Of(function, awaited, given) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    public Escape? Of(IMethodSymbol function, bool awaited, int given = 0) => Ask(new(function.OriginalDefinition, awaited, given), null);

    /// <summary>What leaves the delegate that this variable holds where <paramref name="at"/> reads it.</summary>
    public Escape? OfHeldDelegate(ISymbol variable, bool awaited, IOperation at) => Ask(new(variable.OriginalDefinition, awaited), at);

    /// <summary>Whether this inquiry looks for another kind of error.</summary>
    public bool PassesBy(Escape escape) => sought.PassBy(escape, facts.Awaitables);

    /// <summary>One step deeper into an operation; whether there is room for it.</summary>
    public bool Enter()
    {
        if (_depth == DeepestNesting)
        {
            _tooDeep = true;
            return false;
        }

        _depth++;
        return true;
    }

    public void Leave() => _depth--;

    /// <summary>Like <see cref="Enter"/> for the values of a local or a property, which may be made of its own earlier ones (<c>query = query.Where(…)</c>).</summary>
    public bool Follow(ISymbol variable) => _followed.Add(variable);

    public void Unfollow(ISymbol variable) => _followed.Remove(variable);

    private Escape? Ask(EscapeQuestion question, IOperation? at)
    {
        if (answers.TryGetValue(question, out var known))
        {
            return known;
        }

        if (_tentative.Contains(question))
        {
            return null;
        }

        if (_open.Contains(question))
        {
            _assumed.Add(question);
            return null;
        }

        if (_open.Count == DeepestCall)
        {
            _tooDeep = true;
            return null;
        }

        return Find(question, at);
    }

    private Escape? Find(EscapeQuestion question, IOperation? at)
    {
        cancel.ThrowIfCancellationRequested();
        _open.Add(question);
        var escape = question.Subject is IMethodSymbol function
            ? new FunctionEscapes(facts, this).First(function, question.Awaited, question.Given)
            : new HeldDelegates(facts, new(facts, this, question.Awaited)).First(question.Subject, at);
        _open.Remove(question);
        Keep(question, escape);
        return escape;
    }

    private void Keep(EscapeQuestion question, Escape? escape)
    {
        if (escape is null)
        {
            _tentative.Add(question);
        }
        else
        {
            answers.TryAdd(question, escape);
            if (_assumed.Remove(question))
            {
                _tentative.Clear();
            }
        }

        if (_open.Count == 0)
        {
            Settle(question, escape);
        }
    }

    private void Settle(EscapeQuestion outermost, Escape? escape)
    {
        if (!_tooDeep)
        {
            foreach (var each in _tentative)
            {
                answers.TryAdd(each, null);
            }
        }
        else if (escape is null)
        {
            answers.TryAdd(outermost, null);
        }

        _tentative.Clear();
        _assumed.Clear();
        _tooDeep = false;
    }
}
