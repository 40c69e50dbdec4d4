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
    private readonly SyntaxEdits _edits = new();
    private readonly HashSet<SyntaxNode> _entered = [];
    private readonly HashSet<IMethodSymbol> _changed = new(SymbolEqualityComparer.Default);
    private readonly Queue<AsyncRewriting> _open = new();

    private readonly AwaitsForBlocking _awaits;

    private AsyncWalk(WalkScope scope, CancellationToken cancel)
    {
        (_scope, _facts, _cancel) = (scope, CompilationFacts.Of(scope.Compilation), cancel);
        _awaits = new(_edits, _facts, cancel);
    }

    /// <summary>All changes so that nobody blocks at this place; <see langword="null"/> where that cannot be had within the scope.</summary>
    public static AsyncChange? From(SyntaxNode blocking, WalkScope scope, CancellationToken cancel)
    {
        var walk = new AsyncWalk(scope, cancel);
        if (!walk.Enter(blocking) || !walk._awaits.TakeOver(blocking))
        {
            return null;
        }

        while (walk._open.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            if (!walk.Follow(walk._open.Dequeue()))
            {
                return null;
            }
        }

        walk.Wrap();
        return new(walk._edits, walk._changed);
    }

    private SemanticModel ModelOf(SyntaxNode node) => _facts.Bodies.ModelOf(node.SyntaxTree);

    /// <summary>Lets the function around the place await, and whatever blocks in it with it.</summary>
    private bool Enter(SyntaxNode place)
    {
        if (!_scope.Holds(place) || AsyncRewriting.Around(place, ModelOf(place), _cancel) is not { } function || AsyncEnds.StaySynchronous(function, _facts))
        {
            return false;
        }

        if (!_entered.Add(function.Function) || function.IsAsyncAlready)
        {
            return true;
        }

        function.KeepsVoid = AsyncEnds.IsGuardedHandler(function, _facts, _cancel);
        if ((function is { ChangesSignature: true, Function: AnonymousFunctionExpressionSyntax lambda } && !DelegatePlaces.AwaitTask(lambda, ModelOf(lambda), _facts))
            || !_awaits.TakeOverAll(function.Function))
        {
            return false;
        }

        function.Into(_edits);
        _open.Enqueue(function);
        return _awaits.BlockingCallees(function).All(Enter);
    }

    /// <summary>A changed function's relatives and uses.</summary>
    private bool Follow(AsyncRewriting function)
    {
        if (!function.ChangesSignature || function.Symbol is not { MethodKind: not MethodKind.AnonymousFunction } symbol || _changed.Contains(symbol.OriginalDefinition))
        {
            return true;
        }

        if (AsyncEnds.IsCalledByName(symbol, _facts) || MethodFamily.Of(symbol, _facts) is not { } family || !family.All(IsHere))
        {
            return false;
        }

        _changed.UnionWith(family);
        return Rename(family, AsyncNames.Of(family, _facts));
    }

    private bool IsHere(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [var declaration] && _scope.Trees.Contains(declaration.SyntaxTree)
        && _facts.References.Of(method, _cancel).All(use => _scope.Holds(use.Syntax));

    private bool Rename(IReadOnlyCollection<IMethodSymbol> family, string name)
    {
        foreach (var member in family)
        {
            _edits.Add(member.DeclaringSyntaxReferences[0].GetSyntax(_cancel), (_, now) => AsyncDeclarations.Named(now, name));
        }

        return _scope.Trees.All(tree => NamesOf.All(family, tree, _facts.Bodies.ModelOf(tree), _cancel).ToList().All(use => Use(use, name)));
    }

    private bool Use(SimpleNameSyntax use, string name)
    {
        _edits.Add(use, (_, now) => ((SimpleNameSyntax)now).WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(((SimpleNameSyntax)now).Identifier)));
        return NamesOf.IsOnlyName(use) || (NamesOf.CallOf(use) is { } call ? Call(call) : DelegatePlaces.AwaitTask(NamesOf.WholeOf(use), ModelOf(use), _facts));
    }

    private bool Call(InvocationExpressionSyntax call)
    {
        if (NamesOf.IsBehindQuestionMark(call))
        {
            return false;
        }

        var isConfigured = ConfiguredAwaits.AreUsual(call.SyntaxTree.GetRoot(_cancel));
        if (Enter(call))
        {
            // Otherwise what the call blocks on is awaited in its place.
            if (!_edits.Has(call))
            {
                _edits.Add(call, (old, now) => Awaits.InPlaceOf((ExpressionSyntax)old, isConfigured ? ConfiguredAwaits.Of((ExpressionSyntax)now) : (ExpressionSyntax)now));
            }

            return true;
        }

        _edits.Add(call, (_, now) => AsyncEnds.Blocking((ExpressionSyntax)now));
        return AsyncEnds.MayBlock(call, ModelOf(call), _facts, _cancel);
    }

    private void Wrap()
    {
        foreach (var member in _changed)
        {
            var declaration = member.DeclaringSyntaxReferences[0].GetSyntax(_cancel);
            if (!_entered.Contains(declaration))
            {
                TaskWrapping.Into(_edits, declaration, member, ModelOf(declaration), _facts.Types.Task);
            }
        }
    }
}
