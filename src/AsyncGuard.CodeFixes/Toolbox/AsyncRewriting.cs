using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Makes the function around a place async, where that is mechanical.</summary>
/// <remarks>
/// One function at a time: <see cref="ChangesSignature"/> says that its callers must follow, so that a walk through them asks again at each
/// call. Everything is decided before anything is changed; <see cref="With(SyntaxNode, SyntaxNode)"/> cannot fail.
/// </remarks>
internal sealed class AsyncRewriting
{
    private readonly SemanticModel _model;

    private AsyncRewriting(SyntaxNode function, IMethodSymbol? symbol, SemanticModel model) => (Function, Symbol, _model) = (function, symbol, model);

    /// <summary>The function's declaration; the compilation unit for top-level statements.</summary>
    public SyntaxNode Function { get; }

    /// <summary>The function; <see langword="null"/> for top-level statements.</summary>
    public IMethodSymbol? Symbol { get; }

    public bool IsAsyncAlready => Symbol is null or { IsAsync: true };

    /// <summary>Whether the function, an event's handler, becomes <c>async void</c>.</summary>
    public bool KeepsVoid { get; set; }

    /// <summary>Whether the return type becomes another.</summary>
    public bool ChangesSignature => !KeepsVoid && !IsAsyncAlready && !ReturnsTask(Symbol!.ReturnType, CompilationFacts.Of(_model.Compilation).Types);

    /// <summary>Whether others have to change with it: what it overrides or implements, and what overrides it.</summary>
    public bool SharesSignature => Symbol is not null && MethodFamily.IsShared(Symbol);

    /// <summary>How to let the function around this place await here; <see langword="null"/> where that is not mechanical.</summary>
    public static AsyncRewriting? At(SyntaxNode place, SemanticModel model, CancellationToken cancel = default) =>
        Around(place, model, cancel) is { } function && !(function.ChangesSignature && function.SharesSignature) ? function : null;

    /// <summary>The same, also where others share the signature that changes.</summary>
    public static AsyncRewriting? Around(SyntaxNode place, SemanticModel model, CancellationToken cancel = default) =>
        AwaitPlaces.FunctionAround(place) is { } function ? Of(function, model, cancel) : null;

    /// <summary>The same of a function's declaration.</summary>
    public static AsyncRewriting? Of(SyntaxNode function, SemanticModel model, CancellationToken cancel = default)
    {
        if (function is CompilationUnitSyntax)
        {
            return new(function, symbol: null, model);
        }

        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancel).Symbol : model.GetDeclaredSymbol(function, cancel)) as IMethodSymbol;
        return symbol is not null && (symbol.IsAsync || (CanBecomeAsync(symbol, function, CompilationFacts.Of(model.Compilation).Types) && new AwaitsForWaits(model, cancel).CanStandIn(function, symbol)))
            ? new(function, symbol, model)
            : null;
    }

    /// <summary>The function, async, with one node in it replaced.</summary>
    public SyntaxNode With(SyntaxNode old, SyntaxNode by) => With([old], (_, _) => by);

    /// <summary>The function, async, with nodes in it replaced; as <c>ReplaceNodes</c>, the second argument of <paramref name="replace"/> holds what is already replaced within.</summary>
    public SyntaxNode With(IReadOnlyCollection<SyntaxNode> places, Func<SyntaxNode, SyntaxNode, SyntaxNode> replace)
    {
        var edits = new SyntaxEdits();
        if (!IsAsyncAlready)
        {
            new AwaitsForBlocking(edits, CompilationFacts.Of(_model.Compilation), CancellationToken.None).TakeOverBeside(places, Function);
        }

        foreach (var place in places)
        {
            edits.Add(place, replace);
        }

        Into(edits);
        return edits.In(Function);
    }

    /// <summary>What has to be done to the function so that <c>await</c> may stand in it.</summary>
    public void Into(SyntaxEdits edits)
    {
        if (IsAsyncAlready)
        {
            return;
        }

        var types = CompilationFacts.Of(_model.Compilation).Types;
        new AwaitsForWaits(_model, CancellationToken.None).Into(edits, Function);
        if (!ChangesSignature && !KeepsVoid)
        {
            var returns = new TaskReturns(_model, types, isPlain: Symbol!.ReturnType is INamedTypeSymbol { Arity: 0 });
            foreach (var outcome in TaskReturns.In(Function))
            {
                edits.Add(outcome, returns.Rewrite);
            }
        }

        var task = ChangesSignature ? types.Task : null;
        edits.Add(Function, (_, now) => AsyncDeclarations.Of(TaskReturns.Flatten(now), task));
    }

    private static bool CanBecomeAsync(IMethodSymbol symbol, SyntaxNode function, KnownTypes types)
    {
        foreach (var parameter in symbol.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type.TypeKind == TypeKind.Pointer)
            {
                return false;
            }
        }

        return symbol is { IsExtern: false, ReturnsByRef: false, ReturnsByRefReadonly: false, ReturnType.IsRefLikeType: false }
            && types.Task is not null
            && !IsIterator(function)
            && !IsUnsafe(function)
            && symbol.PartialDefinitionPart is null && symbol.PartialImplementationPart is null
            && (ReturnsTask(symbol.ReturnType, types) || !new Awaitability(types).IsAwaitable(symbol.ReturnType));
    }

    private static bool ReturnsTask(ITypeSymbol type, KnownTypes types) =>
        SymbolEqualityComparer.Default.Equals(type, types.Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.TaskOfT)
        || SymbolEqualityComparer.Default.Equals(type, types.ValueTask) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.ValueTaskOfT);

    private static bool IsIterator(SyntaxNode function) =>
        function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<YieldStatementSyntax>().Any();

    private static bool IsUnsafe(SyntaxNode function) => function.AncestorsAndSelf().Any(each => each switch
    {
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });
}
