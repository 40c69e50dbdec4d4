namespace AsyncGuard.Toolbox;

/// <summary>Does this call block on the task, or on what makes one, that it is given? Functions of this compilation are known by what they do, a few others by name.</summary>
internal sealed class BlockingWrappers(CompilationFacts facts)
{
    /// <summary>The one of the libraries' that says nothing of a fault.</summary>
    public const string Swallowing = "WaitWithoutException";

    private const int Levels = 5;

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Libraries = ImmutableDictionary.CreateRange<string, ImmutableArray<string>>(
    [
        new("Run", ["Microsoft.VisualStudio.Threading.JoinableTaskFactory", "Nito.AsyncEx.AsyncContext"]),
        new("Join", ["Microsoft.VisualStudio.Threading.JoinableTask", "Microsoft.VisualStudio.Threading.JoinableTask`1"]),
        new("RunSync", ["Volo.Abp.Threading.AsyncHelper", "Abp.Threading.AsyncHelper"]),
        new("WaitAndUnwrapException", ["Nito.AsyncEx.Synchronous.TaskExtensions"]),
        new(Swallowing, ["Nito.AsyncEx.Synchronous.TaskExtensions"]),
    ]);

    private readonly GivenWork _given = new(facts);
    private readonly ConcurrentDictionary<IMethodSymbol, Blocking> _known = new(SymbolEqualityComparer.Default);

    public BlockingCall? At(IInvocationOperation call, CancellationToken cancel)
    {
        if (facts.Targets.IsOfThisCompilation(call.TargetMethod))
        {
            return TakesWork(call.TargetMethod.OriginalDefinition) && Inside(call, Levels, cancel) is { Parameter: { } taken, Place: { } place }
                ? new(call, BlockingForm.Wrapper, ArgumentOf(call, taken), place)
                : null;
        }

        return IsOfALibrary(call.TargetMethod) ? new(call, BlockingForm.Wrapper, call.Arguments is [{ Value: var given }, ..] ? given : null) : null;
    }

    private bool IsOfALibrary(IMethodSymbol method)
    {
        if (Libraries.TryGetValue(method.Name, out var types))
        {
            foreach (var type in types)
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, facts.Types[type]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Who is given neither blocks on nothing of its caller's; who returns a task is waited for in its own way.
    private bool TakesWork(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (_given.IsWork(parameter.Type))
            {
                return !method.IsAsync && !facts.Awaitables.IsAwaitable(method.ReturnType);
            }
        }

        return false;
    }

    private Blocking Inside(IInvocationOperation call, int levels, CancellationToken cancel)
    {
        foreach (var target in facts.Targets.Of(call))
        {
            var inside = Inside(target, levels, cancel);
            if (inside.Parameter is not null)
            {
                return inside;
            }
        }

        return default;
    }

    // Only whole answers are kept: one cut short by the depth says nothing.
    private Blocking Inside(IMethodSymbol method, int levels, CancellationToken cancel)
    {
        if (levels == 0)
        {
            return default;
        }

        if (_known.TryGetValue(method, out var known))
        {
            return known;
        }

        var found = facts.Bodies.Of(method, cancel) is { } body ? Find(body, levels, cancel) : default;
        return levels == Levels || found.Parameter is not null ? _known.GetOrAdd(method, found) : found;
    }

    private Blocking Find(IOperation operation, int levels, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (BlockedOn(operation, levels, cancel) is { Parameter: not null } found)
        {
            return found;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && Find(child, levels, cancel) is { Parameter: not null } below)
            {
                return below;
            }
        }

        return default;
    }

    private Blocking BlockedOn(IOperation operation, int levels, CancellationToken cancel)
    {
        if (facts.Blocking.DirectlyAt(operation) is { Task: { } task } call)
        {
            return _given.In(task) is { } parameter && facts.Blocking.Holds(call) ? new(parameter, operation) : default;
        }

        return operation is IInvocationOperation inner && facts.Targets.IsOfThisCompilation(inner.TargetMethod) && TakesWork(inner.TargetMethod.OriginalDefinition)
            && Inside(inner, levels - 1, cancel) is { Parameter: { } taken, Place: { } place } && ArgumentOf(inner, taken) is { } argument && _given.In(argument) is { } given
                ? new(given, place)
                : default;
    }

    private static IOperation? ArgumentOf(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private readonly record struct Blocking(IParameterSymbol? Parameter, IOperation? Place);
}
