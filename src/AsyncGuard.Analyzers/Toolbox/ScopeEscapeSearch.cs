namespace AsyncGuard.Toolbox;

/// <summary>What does one dropped call take along? It looks into lambdas, and into the functions of the same object that it calls.</summary>
internal sealed class ScopeEscapeSearch(CompilationFacts facts, BorrowedServices borrowed, CancellationToken cancel)
{
    private const int DeepestCall = 5;

    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private int _depth;

    public ScopeEscape? InCall(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "AddAsync" or "AddRangeAsync")
        {
            return null; // of a DbSet: over when the call returns, save for one kind of key
        }

        foreach (var argument in call.Arguments)
        {
            if (InArgument(argument.Value.Bare()) is { } given)
            {
                return given;
            }
        }

        return call.Instance?.Bare() is { } instance and not IInstanceReferenceOperation
            ? InReceiver(instance)
            : InFunction(call.TargetMethod, runsLater: false);
    }

    public ScopeEscape? InBody(IOperation body, SyntaxNode function, bool runsLater)
    {
        foreach (var operation in body.Descendants())
        {
            cancel.ThrowIfCancellationRequested();
            switch (operation)
            {
                case ILocalReferenceOperation { Local: var local } when !IsInside(local, function):
                case IParameterReferenceOperation { Parameter: var parameter } when !IsInside(parameter, function):
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                    if (borrowed.LifetimeOf(operation, cancel) is not Lifetime.Unknown and var lifetime && operation.Parent is not INameOfOperation && (runsLater || LateUses.GoesOn(operation, body, lifetime)))
                    {
                        return new(operation, lifetime);
                    }

                    break;
                case IInvocationOperation { Instance: null or IInstanceReferenceOperation } call when InFunction(call.TargetMethod, runsLater) is { } deeper:
                    return deeper;
            }
        }

        return null;
    }

    private ScopeEscape? InArgument(IOperation value) => value switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => InBody(lambda.Body, lambda.Syntax, runsLater: true),
        IDelegateCreationOperation { Target: IMethodReferenceOperation group } => group.Instance?.Bare() is { } instance and not IInstanceReferenceOperation
            ? InReceiver(instance)
            : InFunction(group.Method, runsLater: true),
        IInvocationOperation inner when facts.Awaitables.IsAwaitable(inner.Type) => InCall(inner), // FooAsync().Forget(), Task.WhenAll(FooAsync())
        IArrayCreationOperation { Initializer: { } elements } => First(elements.ElementValues),
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } query when IsQuery(query.Type) => InArgument(first.Bare()),
        _ => InReceiver(value),
    };

    private ScopeEscape? First(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (InArgument(value.Bare()) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // The service itself, or a part of a context: _db.Users
    private ScopeEscape? InReceiver(IOperation value) => borrowed.LifetimeOf(value, cancel) switch
    {
        Lifetime.Unknown => value switch
        {
            IPropertyReferenceOperation { Instance: { } owner } when facts.ScopedServices.LifetimeOf(owner.Type) == Lifetime.Scope => InReceiver(owner.Bare()),
            IInvocationOperation call when facts.Awaitables.IsAwaitable(call.Type) => InCall(call),
            IInvocationOperation { Instance: { } owner } query when IsQuery(query.Type) => InReceiver(owner.Bare()),
            _ => null,
        },
        var lifetime => new(value, lifetime),
    };

    private static bool IsQuery(ITypeSymbol? type) => type?.Name is "IQueryable" or "IOrderedQueryable" or "IIncludableQueryable" or "DbSet";

    private ScopeEscape? InFunction(IMethodSymbol function, bool runsLater)
    {
        if (_depth >= DeepestCall || !_seen.Add(function.OriginalDefinition) || !facts.Targets.IsOfThisCompilation(function.OriginalDefinition)
            || (function.IsStatic && function.MethodKind != MethodKind.LocalFunction) || facts.Bodies.Of(function, cancel) is not { } body)
        {
            return null;
        }

        _depth++;
        var found = InBody(body, body.Syntax, runsLater);
        _depth--;
        return found;
    }

    private bool IsInside(ISymbol symbol, SyntaxNode function)
    {
        foreach (var declaration in symbol.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == function.SyntaxTree && function.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return symbol.DeclaringSyntaxReferences.IsEmpty || cancel.IsCancellationRequested;
    }
}
