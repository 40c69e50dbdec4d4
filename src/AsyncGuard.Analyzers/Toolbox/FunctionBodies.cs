namespace AsyncGuard.Toolbox;

/// <summary>What does a function of this compilation do? Asked for suspicious sites only; each answer is kept.</summary>
internal sealed class FunctionBodies(Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();

    /// <summary>How many functions have been looked into: none where nothing is suspicious.</summary>
    public int Count => _bodies.Count;

    /// <summary>The semantic model of a tree of this compilation, made once.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => _models.GetOrAdd(tree, it => compilation.GetSemanticModel(it));

    /// <summary>
    /// The function as an operation (<see cref="IMethodBodyOperation"/>, <see cref="ILocalFunctionOperation"/>,
    /// <see cref="IAnonymousFunctionOperation"/>, or the block of an expression-bodied member); <see langword="null"/> for what has no
    /// source here or no body.
    /// </summary>
    public IOperation? Of(IMethodSymbol method, CancellationToken cancel = default)
    {
        var defined = method.OriginalDefinition;
        defined = defined.PartialImplementationPart ?? defined;
        if (_bodies.TryGetValue(defined, out var known))
        {
            return known;
        }

        var body = Read(defined, cancel);
        _bodies.TryAdd(defined, body);
        return body;
    }

    private IOperation? Read(IMethodSymbol method, CancellationToken cancel)
    {
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            if (compilation.ContainsSyntaxTree(declaration.SyntaxTree))
            {
                var syntax = declaration.GetSyntax(cancel);
                if (ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancel) is { } body)
                {
                    return body;
                }
            }
        }

        return null;
    }
}
