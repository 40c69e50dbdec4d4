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

    /// <summary>Whether the return type becomes another.</summary>
    public bool ChangesSignature => !IsAsyncAlready && !ReturnsTask(Symbol!.ReturnType, CompilationFacts.Of(_model.Compilation).Types);

    /// <summary>How to let the function around this place await here; <see langword="null"/> where that is not mechanical.</summary>
    public static AsyncRewriting? At(SyntaxNode place, SemanticModel model, CancellationToken cancel = default)
    {
        if (AwaitPlaces.FunctionAround(place) is not { } function)
        {
            return null;
        }

        if (function is CompilationUnitSyntax)
        {
            return new(function, symbol: null, model);
        }

        var symbol = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function, cancel).Symbol : model.GetDeclaredSymbol(function, cancel)) as IMethodSymbol;
        return symbol is not null && (symbol.IsAsync || CanBecomeAsync(symbol, function, CompilationFacts.Of(model.Compilation).Types)) ? new(function, symbol, model) : null;
    }

    /// <summary>The function, async, with one node in it replaced.</summary>
    public SyntaxNode With(SyntaxNode old, SyntaxNode by) => With([old], (_, _) => by);

    /// <summary>The function, async, with nodes in it replaced; as <c>ReplaceNodes</c>, the second argument of <paramref name="replace"/> holds what is already replaced within.</summary>
    public SyntaxNode With(IReadOnlyCollection<SyntaxNode> places, Func<SyntaxNode, SyntaxNode, SyntaxNode> replace)
    {
        if (IsAsyncAlready)
        {
            return Function.ReplaceNodes(places, replace);
        }

        var types = CompilationFacts.Of(_model.Compilation).Types;
        var returns = ChangesSignature ? null : new TaskReturns(_model, types, isPlain: Symbol!.ReturnType is INamedTypeSymbol { Arity: 0 });
        var outcomes = returns is null ? [] : TaskReturns.In(Function);
        var changed = Function.ReplaceNodes(places.Union(outcomes), (old, now) =>
        {
            var replaced = places.Contains(old) ? replace(old, now) : now;
            return outcomes.Contains(old) ? returns!.Rewrite(old, replaced) : replaced;
        });
        return AsyncDeclarations.Of(TaskReturns.Flatten(changed), ChangesSignature ? types.Task : null);
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
            && (ReturnsTask(symbol.ReturnType, types) || OwnsItsSignature(symbol, types));
    }

    private static bool ReturnsTask(ITypeSymbol type, KnownTypes types) =>
        SymbolEqualityComparer.Default.Equals(type, types.Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.TaskOfT)
        || SymbolEqualityComparer.Default.Equals(type, types.ValueTask) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.ValueTaskOfT);

    // A return type that others share (an override, an interface's method) is not this function's to change.
    private static bool OwnsItsSignature(IMethodSymbol symbol, KnownTypes types)
    {
        if (symbol is { IsOverride: true } or { IsVirtual: true } or { IsAbstract: true } or { ExplicitInterfaceImplementations.IsEmpty: false }
            || symbol.PartialDefinitionPart is not null || symbol.PartialImplementationPart is not null || symbol.ContainingType is { TypeKind: TypeKind.Interface }
            || new Awaitability(types).IsAwaitable(symbol.ReturnType))
        {
            return false;
        }

        foreach (var contract in symbol.ContainingType?.AllInterfaces ?? [])
        {
            foreach (var member in contract.GetMembers(symbol.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(symbol.ContainingType!.FindImplementationForInterfaceMember(member), symbol))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsIterator(SyntaxNode function) =>
        function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<YieldStatementSyntax>().Any();

    private static bool IsUnsafe(SyntaxNode function) => function.AncestorsAndSelf().Any(each => each switch
    {
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });
}
