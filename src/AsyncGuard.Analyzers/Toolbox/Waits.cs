namespace AsyncGuard.Toolbox;

/// <summary>What is waited for here?</summary>
internal sealed class Waits(CompilationFacts facts)
{
    /// <summary>The task on which this operation blocks its thread (<c>.Result</c>, <c>Wait()</c>, <c>GetAwaiter().GetResult()</c>).</summary>
    public IOperation? BlockedOn(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when facts.Awaitables.IsTaskLike(task.Type) => task,
        IInvocationOperation { TargetMethod: { Name: "Wait", Parameters.IsEmpty: true }, Instance: { } task } when facts.Awaitables.IsTaskLike(task.Type) => task,
        IInvocationOperation { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } }
            when facts.Awaitables.IsTaskLike(task.Type) || Behind(task.Bare()) is not null => task,
        _ => null,
    };

    /// <summary>The task that this call only passes on in another form.</summary>
    public IOperation? Behind(IOperation operation) =>
        operation is IInvocationOperation { Instance: { } task, TargetMethod: { Name: var name } method }
        && name switch
        {
            "ConfigureAwait" or "AsTask" or "Preserve" => true,
            "WaitAsync" => method.Parameters is [{ Type: var only }] && SymbolEqualityComparer.Default.Equals(only, facts.Types.CancellationToken),
            _ => false,
        }
        && facts.Awaitables.IsTaskLike(task.Type)
            ? task
            : null;

    /// <summary>The asynchronous stream that this call only passes on in another form: <c>WithCancellation</c>, <c>ConfigureAwait</c>.</summary>
    public IOperation? StreamBehind(IInvocationOperation call) => call switch
    {
        { Instance: { Type: { } stream } source } when SymbolEqualityComparer.Default.Equals(stream.OriginalDefinition, facts.Types["System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1"]) => source.Bare(),
        { Arguments: [{ Value: var source }, _] } when SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, facts.Types["System.Threading.Tasks.TaskAsyncEnumerableExtensions"]) => source.Bare(),
        _ => null,
    };

    /// <summary><c>ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)</c>.</summary>
    public static bool Suppresses(IInvocationOperation call) =>
        call.TargetMethod.Name == "ConfigureAwait"
        && call.Arguments is [{ Value: { Type.TypeKind: TypeKind.Enum, ConstantValue: { HasValue: true, Value: int flags } } }]
        && (flags & SuppressThrowing) != 0;

    public bool IsForAll(IMethodSymbol method) => method.Name == "WhenAll" && IsTaskType(method.ContainingType);

    /// <summary><c>Task.Run</c> and <c>StartNew</c>: the task fails as the delegate does.</summary>
    public bool Starts(IMethodSymbol method) => method.Name switch
    {
        "Run" => IsTaskType(method.ContainingType),
        "StartNew" => SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, facts.Types["System.Threading.Tasks.TaskFactory"])
            || SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, facts.Types["System.Threading.Tasks.TaskFactory`1"]),
        _ => false,
    };

    /// <summary>A task that is complete from the start.</summary>
    public bool IsWait(IPropertySymbol property) => property.Name == "CompletedTask" && (IsTaskType(property.ContainingType) || facts.Awaitables.IsValueTask(property.ContainingType));

    private const int SuppressThrowing = 2; // ConfigureAwaitOptions.SuppressThrowing

    private bool IsTaskType(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type, facts.Types.Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types.TaskOfT);
}
