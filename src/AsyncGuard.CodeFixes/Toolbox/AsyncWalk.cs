using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Makes a function async and, where that gives it another signature, its relatives and its callers, and so on.</summary>
/// <remarks>
/// It ends at functions that are async already, at event handlers and entry points; where a caller can neither be async nor is free to block,
/// there is no result at all. It never leaves the trees of its scope.
/// </remarks>
internal sealed class AsyncWalk
{
    private readonly WalkScope _scope;
    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancel;
    private readonly bool _failsAnew;
    private readonly HashSet<SyntaxNode> _entered = [];
    private readonly HashSet<IMethodSymbol> _changed = new(SymbolEqualityComparer.Default);
    private readonly Queue<IMethodSymbol> _open = new();
    private readonly AwaitsForBlocking _awaits;

    /// <param name="scope">How far it may go.</param>
    /// <param name="failsAnew">Whether what is awaited has not failed in its callers until now: it was dropped and not blocked on.</param>
    /// <param name="cancel">Stops it.</param>
    public AsyncWalk(WalkScope scope, bool failsAnew, CancellationToken cancel)
    {
        (_scope, _facts, _failsAnew, _cancel) = (scope, CompilationFacts.Of(scope.Compilation), failsAnew, cancel);
        _awaits = new(Edits, _facts, cancel);
    }

    /// <summary>What the walk changes, beside what it is told to.</summary>
    public SyntaxEdits Edits { get; } = new();

    /// <summary>The function itself changes its signature: the walk begins with its callers.</summary>
    public void Begin(SyntaxNode function, IMethodSymbol symbol)
    {
        Mark(function);
        _open.Enqueue(symbol);
    }

    /// <summary>Puts an <c>await</c> in the place of what blocks.</summary>
    public bool TakeOver(SyntaxNode blocking) => _awaits.TakeOver(blocking);

    /// <summary>Relatives, callers and theirs; <see langword="null"/> where one of them cannot follow.</summary>
    public AsyncChange? ToTheEnd()
    {
        while (_open.Count > 0)
        {
            _cancel.ThrowIfCancellationRequested();
            if (!Follow(_open.Dequeue()))
            {
                return null;
            }
        }

        TaskWrapping.IntoAll(Edits, _changed.Where(each => !_entered.Contains(DeclarationOf(each))), _facts, _cancel);
        return new(Edits, _changed, _entered, _failsAnew);
    }

    private SemanticModel ModelOf(SyntaxNode node) => _facts.Bodies.ModelOf(node.SyntaxTree);

    private SyntaxNode DeclarationOf(IMethodSymbol method) => method.DeclaringSyntaxReferences[0].GetSyntax(_cancel);

    /// <summary>Lets the function around the place await, and whatever blocks in it with it.</summary>
    public bool Enter(SyntaxNode place)
    {
        if (!_scope.Holds(place) || AsyncRewriting.Around(place, ModelOf(place), _cancel) is not { } function || AsyncEnds.StaySynchronous(function, _facts))
        {
            return false;
        }

        if (!Mark(function.Function) || function.IsAsyncAlready)
        {
            return true;
        }

        function.KeepsVoid = !_failsAnew && AsyncEnds.IsGuardedHandler(function, _facts, _cancel);
        if ((function is { ChangesSignature: true, Function: AnonymousFunctionExpressionSyntax lambda } && !DelegatePlaces.AwaitTask(lambda, ModelOf(lambda), _facts))
            || !_awaits.TakeOverAll(function.Function))
        {
            return false;
        }

        function.Into(Edits);
        if (function is { ChangesSignature: true, Symbol: { MethodKind: not MethodKind.AnonymousFunction } symbol })
        {
            _open.Enqueue(symbol);
        }

        return _awaits.BlockingCallees(function).All(Enter);
    }

    private bool Mark(SyntaxNode function)
    {
        Edits.Add(function, (_, now) => now.WithAdditionalAnnotations(AsyncChange.More));
        return _entered.Add(function);
    }

    /// <summary>A changed function's relatives and uses.</summary>
    private bool Follow(IMethodSymbol symbol)
    {
        if (_changed.Contains(symbol.OriginalDefinition))
        {
            return true;
        }

        if (AsyncEnds.IsCalledByName(symbol, _facts) || MethodFamily.Of(symbol, _facts) is not { } family || !family.All(IsHere))
        {
            return false;
        }

        _changed.UnionWith(family);
        var (name, mark) = (AsyncNames.Of(family, _facts), TokenBearers.MarkOf(family, _facts, _cancel));
        foreach (var member in family)
        {
            Edits.Add(DeclarationOf(member), (_, now) => AsyncDeclarations.Named(now, name).WithAdditionalAnnotations(mark));
        }

        return _scope.Trees.All(tree => NamesOf.All(family, tree, _facts.Bodies.ModelOf(tree), _cancel).ToList().All(use => Use(use, name)));
    }

    private bool IsHere(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [var declaration] && _scope.Trees.Contains(declaration.SyntaxTree) && _facts.References.Of(method, _cancel).All(use => _scope.Holds(use.Syntax));

    private bool Use(SimpleNameSyntax use, string name)
    {
        Edits.Add(use, (_, now) => ((SimpleNameSyntax)now).WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(((SimpleNameSyntax)now).Identifier)));
        return NamesOf.IsOnlyName(use) || (NamesOf.CallOf(use) is { } call ? Call(call) : DelegatePlaces.AwaitTask(NamesOf.WholeOf(use), ModelOf(use), _facts));
    }

    private bool Call(InvocationExpressionSyntax call)
    {
        if (Enter(call))
        {
            return Edits.Has(call) || _awaits.Await(call); // what it blocks on may be awaited in its place
        }

        Edits.Add(call, (_, now) => AsyncEnds.Blocking((ExpressionSyntax)now));
        return !_failsAnew && AsyncEnds.MayBlock(call, ModelOf(call), _facts, _cancel);
    }
}
