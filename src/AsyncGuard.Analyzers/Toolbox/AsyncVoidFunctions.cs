namespace AsyncGuard.Toolbox;

/// <summary>What do callers and delegates make of an async void function?</summary>
internal sealed class AsyncVoidFunctions(CompilationFacts facts)
{
    /// <summary>What fails in the function and ends the process; <see langword="null"/> when it is guarded.</summary>
    public IOperation? EscapeFrom(IMethodSymbol function, CancellationToken cancel) =>
        facts.Bodies.Of(function, cancel) is { } body ? facts.Errors.FirstEscape(body, cancel) : null;

    /// <summary>Whether nobody calls the function, but somebody gives it away as a delegate: then the signature is the delegate's.</summary>
    public bool IsOnlyConverted(IMethodSymbol function, CancellationToken cancel)
    {
        var isConverted = false;
        foreach (var use in facts.References.Of(function, cancel))
        {
            if (use is IInvocationOperation)
            {
                return false;
            }

            isConverted |= IsConversion(use);
        }

        return isConverted;
    }

    /// <summary>Whether a method group becomes a delegate that somebody may run, unlike in <c>nameof</c> and in <c>-=</c>.</summary>
    public static bool IsConversion(IOperation group) => group.Parent is IDelegateCreationOperation && !EventHandlers.IsDetached(group);
}
