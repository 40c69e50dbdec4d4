namespace AsyncGuard.Toolbox;

/// <summary>A place in which blocking on a task deadlocks sooner or later, and which cannot be made to await.</summary>
internal enum DeadlockPlace
{
    Constructor,
    StaticInitialiser,
    Property,
    LazyFactory,
    Dispose,
    Finaliser,
    Lock,
}

/// <summary>Does this blocking stand where it deadlocks?</summary>
internal sealed class DeadlockPlaces(CompilationFacts facts)
{
    public DeadlockPlace? Of(BlockingCall blocking, ISymbol containing, CancellationToken cancel)
    {
        if (HeldLocks.AnyAround(blocking.Operation))
        {
            return DeadlockPlace.Lock;
        }

        for (var parent = blocking.Operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation lambda when !InPlaceLambdas.IsOne(lambda):
                    return !lambda.Symbol.IsAsync && IsLazyFactory(lambda) ? DeadlockPlace.LazyFactory : null;
                case ILocalFunctionOperation { Symbol: var local }:
                    return IsGivenToLazy(local, cancel) ? DeadlockPlace.LazyFactory : null;
            }
        }

        return containing switch
        {
            IMethodSymbol method => Of(method, blocking, cancel),
            IFieldSymbol or IPropertySymbol or IEventSymbol => containing.IsStatic ? DeadlockPlace.StaticInitialiser : DeadlockPlace.Constructor,
            _ => null,
        };
    }

    private DeadlockPlace? Of(IMethodSymbol method, BlockingCall blocking, CancellationToken cancel) => method.MethodKind switch
    {
        MethodKind.Constructor or MethodKind.PropertyGet or MethodKind.PropertySet when facts.FreeToBlock.IsOfTests || facts.FreeToBlock.IsTest(method.ContainingType) || IsOnThePool(blocking) => null,
        MethodKind.Constructor => DeadlockPlace.Constructor,
        MethodKind.StaticConstructor => DeadlockPlace.StaticInitialiser,
        MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove => DeadlockPlace.Property,
        MethodKind.Destructor => IsBounded(blocking) ? null : DeadlockPlace.Finaliser,
        _ when IsDispose(method) => facts.FreeToBlock.IsOfTests || IsBounded(blocking) || IsOwnTaskAfterItsStop(blocking) ? null : DeadlockPlace.Dispose,
        _ => IsGivenToLazy(method, cancel) ? DeadlockPlace.LazyFactory : null,
    };

    // Who can also be disposed of asynchronously leaves the choice to its user; Dispose must do what it can.
    private bool IsDispose(IMethodSymbol method) =>
        (method is { Name: "Dispose", ReturnsVoid: true, Parameters: [] or [{ Type.SpecialType: SpecialType.System_Boolean }] } || method.ExplicitInterfaceImplementations is [{ Name: "Dispose" }])
        && Implements(method.ContainingType, facts.Types["System.IDisposable"])
        && !Implements(method.ContainingType, facts.Types["System.IAsyncDisposable"]);

    private static bool Implements(INamedTypeSymbol type, INamedTypeSymbol? contract)
    {
        foreach (var each in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(each, contract))
            {
                return true;
            }
        }

        return false;
    }

    // Task.Run(…).Result: nothing in it waits for the thread that waits here.
    private bool IsOnThePool(BlockingCall blocking) => TaskSources.Of(blocking.Task) is IInvocationOperation { TargetMethod: var start } && facts.Waits.Starts(start);

    private static bool IsBounded(BlockingCall blocking) =>
        blocking.Operation is IInvocationOperation { TargetMethod: { Parameters: [.., { Name: "timeout" or "millisecondsTimeout" or "cancellationToken" }] } }
        || blocking.Task?.Bare() is IInvocationOperation { TargetMethod.Name: "WaitAsync" };

    // _stop.Cancel(); _loop.Wait();
    private static bool IsOwnTaskAfterItsStop(BlockingCall blocking)
    {
        if (TaskSources.Of(blocking.Task) is not IMemberReferenceOperation { Instance: IInstanceReferenceOperation })
        {
            return false;
        }

        foreach (var operation in blocking.Operation.Root().Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "Cancel" or "CancelAsync" or "Complete" or "TryComplete" } && operation.Syntax.SpanStart < blocking.Operation.Syntax.SpanStart)
            {
                return true;
            }
        }

        return false;
    }

    // A factory that the lock of its Lazy surrounds.
    private bool IsLazyFactory(IOperation function)
    {
        var given = function.Parent;
        while (given is IDelegateCreationOperation or IConversionOperation)
        {
            given = given.Parent;
        }

        return given is IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } made }
            && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types["System.Lazy`1"])
            && !(made.Arguments is [_, { Value: var mode }] && mode.Bare() is { ConstantValue: { HasValue: true, Value: false or 0 or 1 } });
    }

    private bool IsGivenToLazy(IMethodSymbol method, CancellationToken cancel)
    {
        if (method is { Parameters.IsEmpty: true, IsAsync: false, ReturnsVoid: false } && (method.MethodKind == MethodKind.LocalFunction || method.DeclaredAccessibility == Accessibility.Private))
        {
            foreach (var use in facts.References.Of(method, cancel))
            {
                if (use is IMethodReferenceOperation && IsLazyFactory(use))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
