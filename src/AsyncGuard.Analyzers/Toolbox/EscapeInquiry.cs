namespace AsyncGuard.Toolbox;

/// <summary>Does an error leave this function: at the call, or when its result is awaited?</summary>
internal readonly record struct EscapeQuestion(IMethodSymbol Function, bool Awaited);

/// <summary>One question about a function with all those it leads to, safe under recursion.</summary>
/// <remarks>
/// A function in progress is taken for guarded. What rests on that is kept for this inquiry only, until the outermost function is known:
/// then it holds, because an error found is one whatever was assumed, and finding one in an assumed function drops what rested on it.
/// </remarks>
internal sealed class EscapeInquiry(CompilationFacts facts, ConcurrentDictionary<EscapeQuestion, bool> answers, CancellationToken cancel)
{
    private const int DeepestCall = 24;

    private readonly HashSet<EscapeQuestion> _open = [];
    private readonly HashSet<EscapeQuestion> _assumed = [];
    private readonly HashSet<EscapeQuestion> _tentative = [];
    private bool _tooDeep;

    public CancellationToken Cancel => cancel;

    public bool AreGuarded(ImmutableArray<IMethodSymbol> functions, bool awaited)
    {
        foreach (var function in functions)
        {
            if (!IsGuarded(function, awaited))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsGuarded(IMethodSymbol function, bool awaited)
    {
        var question = new EscapeQuestion(function.OriginalDefinition, awaited);
        if (answers.TryGetValue(question, out var known))
        {
            return known;
        }

        if (_tentative.Contains(question))
        {
            return true;
        }

        if (_open.Contains(question))
        {
            _assumed.Add(question);
            return true;
        }

        if (_open.Count == DeepestCall)
        {
            _tooDeep = true;
            return true;
        }

        return Find(question);
    }

    private bool Find(EscapeQuestion question)
    {
        cancel.ThrowIfCancellationRequested();
        _open.Add(question);
        var body = facts.Bodies.Of(question.Function, cancel);
        var guarded = body is null ? HarmlessCalls.WithoutBody(question.Function) : new EscapeSearch(facts, this, question.Awaited).FirstInside(body) is null;
        _open.Remove(question);
        Keep(question, guarded);
        return guarded;
    }

    private void Keep(EscapeQuestion question, bool guarded)
    {
        if (guarded)
        {
            _tentative.Add(question);
        }
        else
        {
            answers.TryAdd(question, false);
            if (_assumed.Remove(question))
            {
                _tentative.Clear();
            }
        }

        if (_open.Count == 0)
        {
            Settle(question, guarded);
        }
    }

    private void Settle(EscapeQuestion outermost, bool guarded)
    {
        if (!_tooDeep)
        {
            foreach (var each in _tentative)
            {
                answers.TryAdd(each, true);
            }
        }
        else if (guarded)
        {
            answers.TryAdd(outermost, true);
        }

        _tentative.Clear();
        _assumed.Clear();
        _tooDeep = false;
    }
}
