namespace AsyncGuard.Toolbox;

/// <summary>What do callers and delegates make of an async void function?</summary>
internal sealed class AsyncVoidFunctions(CompilationFacts facts)
{
    /// <summary>Whether this delegate is one: an async lambda or method group that returns nothing.</summary>
    public static bool IsOne(IOperation? given) => (given?.Bare() is IDelegateCreationOperation made ? made.Target : given) switch
    {
        IAnonymousFunctionOperation { Symbol: var lambda } => lambda is { IsAsync: true, ReturnsVoid: true },
        IMethodReferenceOperation { Method: var method } => method is { IsAsync: true, ReturnsVoid: true },
        _ => false,
    };

    /// <summary>What fails in the function and ends the process; <see langword="null"/> when it is guarded.</summary>
    public IOperation? EscapeFrom(IMethodSymbol function, CancellationToken cancel) =>
        facts.Bodies.Of(function, cancel) is { } body ? facts.Errors.FirstEscape(body, cancel) : null;

    /// <summary>Whether nobody calls the function, but somebody gives it away as a delegate: then the signature is the delegate's.</summary>
    public bool IsOnlyConverted(IMethodSymbol function, CancellationToken cancel)
    {
        foreach (var use in facts.References.Of(function, cancel))
        {
            if (use is IInvocationOperation)
            {
                return false;
            }
        }

        return FirstConversion(function, cancel) is not null;
    }

    /// <summary>The first place of the compilation where the function becomes a delegate that somebody may run.</summary>
    public IOperation? FirstConversion(IMethodSymbol function, CancellationToken cancel)
    {
        foreach (var use in facts.References.Of(function, cancel))
        {
            if (IsConversion(use))
            {
                return use;
            }
        }

        return null;
    }

    /// <summary>Whether a method group becomes a delegate that somebody may run, unlike in <c>nameof</c> and in <c>-=</c>.</summary>
    public static bool IsConversion(IOperation group) => group.Parent is IDelegateCreationOperation && !EventHandlers.IsDetached(group);
}
