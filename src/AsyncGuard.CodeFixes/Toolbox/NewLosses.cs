using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Would errors that a change lets out of a function be lost further up: in a dropped task, a dying loop, an async void function?</summary>
/// <remarks>Of functions that kept their errors until now only: the others' findings stand already.</remarks>
internal sealed class NewLosses
{
    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancel;
    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    private NewLosses(CompilationFacts facts, CancellationToken cancel) => (_facts, _cancel) = (facts, cancel);

    public static async Task<bool> AnyAsync(FixSite site, AsyncChange change, Document mended, CancellationToken cancel)
    {
        if (await mended.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root || await mended.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model)
        {
            return true;
        }

        var losses = new NewLosses(site.Facts, cancel);
        var after = new NewLosses(CompilationFacts.Of(model.Compilation), cancel);
        var old = change.Entered.OrderBy(each => each.SpanStart).ThenByDescending(each => each.Span.Length).ToList();
        var now = root.GetAnnotatedNodes(AsyncChange.More).ToList();
        return old.Count != now.Count || old.Zip(now, (one, other) => losses.Loses(one, other, after)).Any(loses => loses);
    }

    private bool Loses(SyntaxNode old, SyntaxNode now, NewLosses after)
    {
        if (LoopsThatDie(old) < after.LoopsThatDie(now))
        {
            return true;
        }

        if (SymbolOf(old) is not { } function || after.SymbolOf(now) is not { } changed || !Keeps(old) || after.Keeps(now))
        {
            return false;
        }

        // Who called a method that gave no task awaits it now, and is asked as well.
        return changed.ReturnsVoid || ((_facts.Awaitables.IsAwaitable(function.ReturnType) || function.MethodKind == MethodKind.AnonymousFunction) && IsLostBy(function));
    }

    /// <summary>Whether somebody who has the function's task does not look at it, or lets its error go on to somebody who does not.</summary>
    private bool IsLostBy(IMethodSymbol function)
    {
        if (!_seen.Add(function.OriginalDefinition))
        {
            return false;
        }

        foreach (var given in DelegatesOf.Function(function, _facts, _cancel))
        {
            if (given.Parent is not IArgumentOperation { Parent: IInvocationOperation taker } || IsLostAt(taker))
            {
                return true;
            }
        }

        return function.MethodKind != MethodKind.AnonymousFunction && _facts.References.Of(function, _cancel).Any(use => use is IInvocationOperation call && IsLostAt(call));
    }

    private bool IsLostAt(IInvocationOperation call) =>
        !_facts.Awaitables.IsAwaitable(call.Type)
        || _facts.Observation.FateOf(call) != Fate.Observed
        || (!IsCaughtAround(call) && (_facts.Loops.Around(call) is not null || IsLostByCaller(call)));

    private bool IsLostByCaller(IInvocationOperation call) =>
        RunningFunction.Around(call, RunningFunction.MemberAt(call, _facts.Bodies, _cancel)) is { Symbol: var caller }
        && _facts.Bodies.Of(caller, _cancel) is { } body
        && _facts.Errors.FirstEscape(body, _cancel) is null
        && (caller.ReturnsVoid || IsLostBy(caller));

    private bool IsCaughtAround(IOperation call)
    {
        for (var (inner, outer) = (call, call.Parent); outer is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is ITryOperation guard && guard.Body == inner && CatchClauses.CatchAll(guard, _facts.Types))
            {
                return true;
            }
        }

        return false;
    }

    private bool Keeps(SyntaxNode function) => SymbolOf(function) is { } symbol && _facts.Bodies.Of(symbol, _cancel) is { } body && _facts.Errors.FirstEscape(body, _cancel) is null;

    private int LoopsThatDie(SyntaxNode function)
    {
        var model = _facts.Bodies.ModelOf(function.SyntaxTree);
        return function.DescendantNodes().OfType<StatementSyntax>()
            .Where(each => each is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax)
            .Count(each => model.GetOperation(each, _cancel) is ILoopOperation loop
                && RunningFunction.MemberAt(loop, _facts.Bodies, _cancel) is { } member
                && _facts.Dying.Judge(loop, member, _cancel) is not null);
    }

    private IMethodSymbol? SymbolOf(SyntaxNode function)
    {
        var model = _facts.Bodies.ModelOf(function.SyntaxTree);
        return (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, _cancel).Symbol : model.GetDeclaredSymbol(function, _cancel)) as IMethodSymbol;
    }
}
