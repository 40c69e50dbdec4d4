using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>Does this source of items, batches or ticks go on until it is stopped?</summary>
internal sealed class EndlessSources(FunctionBodies bodies)
{
    private static readonly Regex EndlessStream = new(
        "^(ReadAllAsync|Subscribe|Consume|Listen|Watch|Follow|Tail|ReadEvents|Receive\\w*(Messages|Events|All)|GetConsuming)", RegexOptions.CultureInvariant);

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _iterators = new(SymbolEqualityComparer.Default);

    /// <summary>What is awaited in a loop's condition: a tick, a batch, or nothing that goes on.</summary>
    public static LoopShape WaitKind(IOperation awaited) => Unconfigured(awaited) switch
    {
        IInvocationOperation { TargetMethod.Name: "WaitForNextTickAsync" } => LoopShape.Ticks,
        IInvocationOperation { TargetMethod.Name: "WaitToReadAsync" or "OutputAvailableAsync" } => LoopShape.Batches,
        _ => LoopShape.Bounded,
    };

    /// <summary>What a <c>foreach</c> runs over.</summary>
    public bool IsEndless(IOperation collection) =>
        Unconfigured(collection) is IInvocationOperation { TargetMethod: var method } && (IsNamedLikeAStream(method) || IsEndlessIterator(method));

    /// <summary><c>TryTake(out item, -1)</c>, <c>TryTake(out item, Timeout.Infinite, token)</c>.</summary>
    public static bool IsEndlessTake(IInvocationOperation call) => call is { TargetMethod: { Name: "TryTake", Parameters: [{ RefKind: RefKind.Out }, ..] }, Arguments.Length: > 1 }
        && IsInfinite(call.Arguments[1].Value.Bare());

    private static bool IsInfinite(IOperation timeout) => timeout.ConstantValue is { HasValue: true, Value: -1 }
        || timeout is IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } };

    // A consumer's stream by its name. What a gRPC server streams ends with the call.
    private static bool IsNamedLikeAStream(IMethodSymbol method) =>
        method.Name == "GetConsumingEnumerable"
        || (IsAsyncStream(method.ReturnType)
            && EndlessStream.IsMatch(method.Name)
            && method is not { IsExtensionMethod: true, Parameters: [{ Type.Name: "IAsyncStreamReader" }, ..] });

    private static bool IsAsyncStream(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { Name: "IAsyncEnumerable", Arity: 1 })
        {
            return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (contract is { Name: "IAsyncEnumerable", Arity: 1 })
            {
                return true;
            }
        }

        return false;
    }

    // An iterator of this compilation that itself yields from a loop without an end.
    private bool IsEndlessIterator(IMethodSymbol method) =>
        IsAsyncStream(method.ReturnType) && _iterators.GetOrAdd(method.OriginalDefinition, it => YieldsForEver(it));

    private bool YieldsForEver(IMethodSymbol method)
    {
        if (bodies.Of(method) is not { } body)
        {
            return false;
        }

        foreach (var each in body.Descendants())
        {
            if (each is IReturnOperation { Kind: OperationKind.YieldReturn } && IsInEndlessLoop(each))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInEndlessLoop(IOperation yielded)
    {
        for (var it = yielded.Parent; it is not null; it = it.Parent)
        {
            if (it is IWhileLoopOperation { Condition: var condition } && (condition?.ConstantValue is { HasValue: true, Value: true } || TestsAToken(condition)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TestsAToken(IOperation? condition) => condition?.Bare() is IUnaryOperation
    {
        OperatorKind: UnaryOperatorKind.Not,
        Operand: IPropertyReferenceOperation { Property: { Name: "IsCancellationRequested", ContainingType.Name: "CancellationToken" } },
    };

    private static IOperation Unconfigured(IOperation operation)
    {
        var it = operation.Bare();
        while (it is IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "WithCancellation" } } call)
        {
            var receiver = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
            if (receiver is null)
            {
                return it;
            }

            it = receiver.Bare();
        }

        return it;
    }
}
