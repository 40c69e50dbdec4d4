namespace AsyncGuard.Toolbox;

/// <summary>Where in this compilation is this function used: called, or named as a method group? Asked for suspicious sites only; each answer is kept.</summary>
internal sealed class References(Compilation compilation, FunctionBodies bodies)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<IOperation>> _uses = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Every <see cref="IInvocationOperation"/> and <see cref="IMethodReferenceOperation"/> of the function, also those through an interface
    /// or an overridden method of this compilation.
    /// </summary>
    public ImmutableArray<IOperation> Of(IMethodSymbol function, CancellationToken cancel)
    {
        var defined = Defined(function);
        if (_uses.TryGetValue(defined, out var known))
        {
            return known;
        }

        var uses = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var symbol in Names(defined))
        {
            foreach (var tree in TreesOf(symbol))
            {
                Collect(symbol, tree, uses, cancel);
            }
        }

        return _uses.GetOrAdd(defined, uses.ToImmutable());
    }

    private void Collect(IMethodSymbol symbol, SyntaxTree tree, ImmutableArray<IOperation>.Builder uses, CancellationToken cancel)
    {
        foreach (var name in NamesInTree.Of(symbol.Name, tree, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (!NameForms.MayName(name, symbol))
            {
                continue;
            }

            var model = bodies.ModelOf(tree);
            if (FunctionAt(name, model, cancel) is { } found
                && SymbolEqualityComparer.Default.Equals(Defined(found), symbol)
                && UseAt(name, model, cancel) is { } use)
            {
                uses.Add(use);
            }
        }
    }

    // A method group that becomes a plain Delegate is known by its only candidate.
    private static IMethodSymbol? FunctionAt(SimpleNameSyntax name, SemanticModel model, CancellationToken cancel)
    {
        var info = model.GetSymbolInfo(name, cancel);
        return (info.Symbol ?? (info.CandidateSymbols is [var only] ? only : null)) as IMethodSymbol;
    }

    private static IOperation? UseAt(SimpleNameSyntax name, SemanticModel model, CancellationToken cancel)
    {
        ExpressionSyntax expression = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return expression.Parent is InvocationExpressionSyntax call && call.Expression == expression
            ? model.GetOperation(call, cancel) as IInvocationOperation
            : model.GetOperation(expression, cancel) as IMethodReferenceOperation;
    }

    // A call through a contract runs this function too. Contracts from elsewhere (IDisposable) would make everything a use of everything.
    private IEnumerable<IMethodSymbol> Names(IMethodSymbol function)
    {
        yield return function;
        for (var it = function.OverriddenMethod; it is not null && IsOurs(it); it = it.OverriddenMethod)
        {
            yield return Defined(it);
        }

        if (function is not { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, IsStatic: false, ContainingType: { } type })
        {
            yield break;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (!IsOurs(contract))
            {
                continue;
            }

            foreach (var member in contract.GetMembers())
            {
                if (member is IMethodSymbol && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), function))
                {
                    yield return Defined((IMethodSymbol)member);
                }
            }
        }
    }

    private bool IsOurs(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly);

    private IEnumerable<SyntaxTree> TreesOf(IMethodSymbol function)
    {
        ISymbol scope = function.MethodKind == MethodKind.LocalFunction ? function : function.ContainingType;
        if (function.MethodKind != MethodKind.LocalFunction && function.DeclaredAccessibility != Accessibility.Private)
        {
            return compilation.SyntaxTrees;
        }

        var trees = new HashSet<SyntaxTree>();
        foreach (var declaration in scope.DeclaringSyntaxReferences)
        {
            trees.Add(declaration.SyntaxTree);
        }

        return trees;
    }

    private static IMethodSymbol Defined(IMethodSymbol method)
    {
        var defined = (method.ReducedFrom ?? method).OriginalDefinition;
        return defined.PartialDefinitionPart ?? defined;
    }
}
