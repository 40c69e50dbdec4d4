using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>A call that blocks its thread until somebody else is ready.</summary>
/// <param name="Name">How the message calls it.</param>
/// <param name="Sibling">The member of the same type that can be awaited, if this compilation's has one.</param>
/// <param name="Cure">What the message advises.</param>
internal sealed record BlockingWait(string Name, string? Sibling, string Cure);

/// <summary>Which calls block until somebody else is ready?</summary>
internal static class BlockingWaits
{
    private const int Infinite = -1;

    private static readonly ImmutableArray<(string Type, string Methods, string Sibling, string Cure)> Table =
    [
        ("System.Threading.SemaphoreSlim", " Wait ", "WaitAsync", "await WaitAsync instead"),
        ("System.Diagnostics.Process", " WaitForExit ", "WaitForExitAsync", "await WaitForExitAsync instead"),
        ("System.Threading.WaitHandle", " WaitOne WaitAll WaitAny SignalAndWait ", "", "await a TaskCompletionSource or SemaphoreSlim.WaitAsync instead"),
        ("System.Threading.ManualResetEventSlim", " Wait ", "", "await a TaskCompletionSource instead"),
        ("System.Threading.CountdownEvent", " Wait ", "", "await Task.WhenAll instead"),
        ("System.Threading.Barrier", " SignalAndWait ", "", "await Task.WhenAll after each phase instead"),
        ("System.Collections.Concurrent.BlockingCollection`1", " Take TryTake GetConsumingEnumerable ", "", "read from a Channel instead"),
        ("System.Threading.Thread", " Join ", "", "await a task instead"),
        ("System.Threading.Monitor", " Wait ", "", "await SemaphoreSlim.WaitAsync instead"),
    ];

    /// <summary>By name alone, which costs nothing.</summary>
    public static bool MayBe(IMethodSymbol method) => method.Name switch
    {
        "Wait" or "SignalAndWait" or "WaitOne" or "WaitAll" or "WaitAny" => true,
        "Join" or "Take" or "TryTake" or "GetConsumingEnumerable" or "WaitForExit" => !method.IsStatic,
        _ => false,
    };

    public static BlockingWait? Of(IInvocationOperation call, KnownTypes types)
    {
        var method = call.TargetMethod;
        foreach (var (type, methods, sibling, cure) in Table)
        {
            if (methods.Contains(" " + method.Name + " ")
                && types[type] is { } known
                && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, known))
            {
                var exists = sibling.Length > 0 && !known.GetMembers(sibling).IsEmpty;
                return Blocks(call) ? new($"{known.Name}.{method.Name}", exists ? sibling : null, IsOfToken(call) ? "await Task.Delay with the token instead" : exists || sibling.Length == 0 ? cure : "await its Exited event instead") : null;
            }
        }

        return null;
    }

    // A wait of no time only asks; an enumeration waits where it is enumerated; TryTake waits no longer than it is told to.
    private static bool Blocks(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "GetConsumingEnumerable" => call.Parent is IForEachLoopOperation or IConversionOperation { Parent: IForEachLoopOperation },
        "TryTake" => HasTimeout(call, IsInfinite),
        _ => !HasTimeout(call, static time => time.IsNoTime()),
    };

    private static bool IsOfToken(IInvocationOperation call) => call.Instance is IPropertyReferenceOperation { Property: { Name: "WaitHandle", ContainingType.Name: "CancellationToken" } };

    private static bool HasTimeout(IInvocationOperation call, Func<IOperation, bool> test)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type is { } type && (type.SpecialType == SpecialType.System_Int32 || type.Name == "TimeSpan") && test(argument.Value.Bare()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInfinite(IOperation timeout) =>
        timeout is { ConstantValue: { HasValue: true, Value: Infinite } } or IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } };
}
