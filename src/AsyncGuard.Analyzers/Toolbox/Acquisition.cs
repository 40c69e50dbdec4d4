namespace AsyncGuard.Toolbox;

/// <summary>A semaphore or lock is taken, and from which statement on it is held.</summary>
/// <param name="Held">The expression that names it.</param>
/// <param name="Release">The member that gives it back.</param>
/// <param name="Statements">The statements among which the holding begins.</param>
/// <param name="From">The first of them that runs while it is held.</param>
/// <param name="Answer">The local that says whether it was got, where one does.</param>
internal sealed record Acquisition(IOperation Held, string Release, ImmutableArray<IOperation> Statements, int From, ILocalSymbol? Answer)
{
    /// <summary>By name alone, which costs nothing.</summary>
    public static bool MayBe(IMethodSymbol method) => method.Name is "WaitAsync" or "Wait" or "WaitOne" or "Enter";

    public static Acquisition? Of(IInvocationOperation call, KnownTypes types)
    {
        var (held, release) = Taken(call, types);
        return held is null ? null : Begin(Waited(call), held, release);
    }

    /// <summary>Whether the call gives back what is <paramref name="held"/>.</summary>
    public static bool IsRelease(IOperation operation, IOperation held, string release) =>
        operation is IInvocationOperation { TargetMethod.Name: var name } call && name == release
        && Receivers.AreSame(call.TargetMethod.IsStatic ? call.Arguments.Length > 0 ? call.Arguments[0].Value : null : Receiver(call), held);

    /// <summary>What a call is made on, also behind <c>?.</c>.</summary>
    private static IOperation? Receiver(IInvocationOperation call)
    {
        var instance = call.Instance;
        for (var it = call.Parent; instance is IConditionalAccessInstanceOperation && it is not null; it = it.Parent)
        {
            if (it is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return instance;
    }

    private static (IOperation? Held, string Release) Taken(IInvocationOperation call, KnownTypes types) => call switch
    {
        { TargetMethod: { Name: "Wait" or "WaitAsync", ContainingType: var type }, Instance: { } semaphore } when Same(type, types["System.Threading.SemaphoreSlim"]) => (semaphore, "Release"),
        { TargetMethod.Name: "WaitOne", Instance: { } semaphore } when Same(semaphore.Type, types["System.Threading.Semaphore"]) => (semaphore, "Release"),
        { TargetMethod: { Name: "Enter", ContainingType: var type }, Instance: { } gate } when Same(type, types["System.Threading.Lock"]) => (gate, "Exit"),
        { TargetMethod: { Name: "Enter", ContainingType: var type }, Arguments: [{ Value: { } gate }] } when Same(type, types["System.Threading.Monitor"]) => (gate, "Exit"),
        _ => (null, ""),
    };

    // Only an awaited WaitAsync has waited.
    private static IOperation? Waited(IInvocationOperation call)
    {
        IOperation operation = call;
        while (operation.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IConversionOperation)
        {
            operation = operation.Parent;
        }

        return call.TargetMethod.Name != "WaitAsync" ? call : operation.Parent as IAwaitOperation;
    }

    private static Acquisition? Begin(IOperation? waited, IOperation held, string release)
    {
        var isGot = true;
        for (var it = waited; it is not null; it = it.Parent)
        {
            switch (it.Parent)
            {
                case IConversionOperation:
                    break;
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    isGot = !isGot;
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } when isGot:
                    break;
                case IConditionalOperation choice when choice.Condition == it:
                    return AtChoice(choice, isGot, held, release);
                case IExpressionStatementOperation statement:
                    return After(statement, held, release, answer: null);
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var answer }, Parent: IExpressionStatementOperation statement } when isGot:
                    return AfterAnswer(statement, held, release, answer);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var answer, Parent.Parent: IVariableDeclarationGroupOperation statement } } when isGot:
                    return AfterAnswer(statement, held, release, answer);
                default:
                    return null;
            }
        }

        return null;
    }

    // if (!await gate.WaitAsync(0)) return;   if (await gate.WaitAsync(0)) { … }
    private static Acquisition? AtChoice(IConditionalOperation choice, bool isGot, IOperation held, string release) => (isGot, choice) switch
    {
        (true, { WhenTrue: IBlockOperation block }) => new(held, release, block.Operations, 0, null),
        (false, { WhenFalse: null, WhenTrue: var refused }) when Leaves(refused) => After(choice, held, release, answer: null),
        (false, { WhenFalse: IBlockOperation block }) => new(held, release, block.Operations, 0, null),
        _ => null,
    };

    private static Acquisition? AfterAnswer(IOperation statement, IOperation held, string release, ILocalSymbol answer)
    {
        var after = After(statement, held, release, answer);
        return after is { From: var next } && next < after.Statements.Length && after.Statements[next] is IConditionalOperation choice && AsksFor(choice.Condition, answer) is { } isGot
            ? AtChoice(choice, isGot, held, release)
            : after;
    }

    private static bool? AsksFor(IOperation condition, ILocalSymbol answer) => condition.Bare() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var inner } => !AsksFor(inner, answer),
        ILocalReferenceOperation { Local: var local } when SymbolEqualityComparer.Default.Equals(local, answer) => true,
        _ => null,
    };

    private static Acquisition? After(IOperation statement, IOperation held, string release, ILocalSymbol? answer) =>
        StatementsAround(statement) is { IsDefault: false } statements ? new(held, release, statements, statements.IndexOf(statement) + 1, answer) : null;

    /// <summary>The statements among which this one stands; none where it stands alone.</summary>
    public static ImmutableArray<IOperation> StatementsAround(IOperation statement) => statement.Parent switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        _ => default,
    };

    /// <summary>Whether the code after this statement is not reached from it.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation or IBranchOperation or IThrowOperation => true,
        _ => false,
    };

    private static bool Same(ITypeSymbol? one, ITypeSymbol? other) => other is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
