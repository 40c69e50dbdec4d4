namespace AsyncGuard.Toolbox;

/// <summary>What becomes of a lambda or a method group: does something run it in the background?</summary>
internal enum DelegateUse
{
    Unknown,

    /// <summary>It runs as part of the function it stands in: called, or started and awaited, at once.</summary>
    Inline,

    Started,

    Thread,

    Timer,

    /// <summary>Given to a verb of the runtime, which guards it.</summary>
    Supervised,

    /// <summary>Given to a call that is awaited and may run it several times: a retry, a parallel loop.</summary>
    Repeated,
}

/// <summary>Answers for one delegate at a time, by the call that it is given to.</summary>
internal sealed class Starters(KnownTypes types, Awaitability awaitables)
{
    /// <summary>What becomes of it, and the operation that decides so.</summary>
    public (DelegateUse Use, IOperation Place) UseOf(IOperation function)
    {
        var given = function;
        while (given.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            given = given.Parent;
        }

        return given.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => (UseIn(call), call),
            IArgumentOperation { Parent: IObjectCreationOperation made } => (UseIn(made), made),
            IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: var instance } call when instance == given => (DelegateUse.Inline, call),
            IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: { Name: "Elapsed" } elapsed } } subscribed
                when IsType(elapsed.ContainingType, "System.Timers.Timer") => (DelegateUse.Timer, subscribed),
            _ => (DelegateUse.Unknown, given),
        };
    }

    /// <summary>Whether the lambda runs again and again: by a timer that is not set to one shot, or by a call that repeats it.</summary>
    public bool RunsAgain(IAnonymousFunctionOperation? lambda) => lambda is not null && UseOf(lambda) switch
    {
        (DelegateUse.Repeated, _) => true,
        (DelegateUse.Timer, IObjectCreationOperation { Arguments: [.., { Value: var period }] }) =>
            period.ConstantValue is not { HasValue: true, Value: -1 } && !period.IsNoTime() && period.Bare() is not IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" },
        (DelegateUse.Timer, _) => true,
        _ => false,
    };

    /// <summary>The call whose value this one's becomes: below <c>ConfigureAwait</c>, <c>Unwrap</c>, conversions.</summary>
    public static IOperation ValueOf(IOperation call)
    {
        while (true)
        {
            switch (call.Parent)
            {
                case IConversionOperation:
                    call = call.Parent;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "Unwrap" or "AsTask" } outer when outer.Instance == call:
                    call = outer;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Unwrap" or "ConfigureAwait", IsExtensionMethod: true } } outer }:
                    call = outer;
                    continue;
                default:
                    return call;
            }
        }
    }

    /// <summary>Whether whoever runs this code waits for the call here, so that its failure is theirs.</summary>
    public static bool IsWaitedFor(IOperation call) => ValueOf(call).Parent switch
    {
        IAwaitOperation or IReturnOperation => true,
        IPropertyReferenceOperation { Property.Name: "Result" } => true,
        IInvocationOperation { TargetMethod.Name: "Wait" or "GetAwaiter" } => true,
        _ => false,
    };

    private DelegateUse UseIn(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (IsRuntime(method.ContainingType))
        {
            return DelegateUse.Supervised;
        }

        switch (method.Name)
        {
            case "Run" when IsTask(method.ContainingType):
            case "StartNew" when method.ContainingType is { Name: "TaskFactory" } factory && IsType(factory.OriginalDefinition, factory.Arity == 0 ? "System.Threading.Tasks.TaskFactory" : "System.Threading.Tasks.TaskFactory`1"):
                return IsWaitedFor(call) || JoinedStarts.IsOne(call) ? DelegateUse.Inline : DelegateUse.Started;
            case "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" when IsType(method.ContainingType, "System.Threading.ThreadPool"):
                return DelegateUse.Started;
            case "RegisterWaitForSingleObject" when IsType(method.ContainingType, "System.Threading.ThreadPool"):
            case "CreateTimer" when IsType(method.ContainingType, "System.TimeProvider"):
                return DelegateUse.Timer;
            default:
                return awaitables.IsAwaitable(method.ReturnType) && IsWaitedFor(call) ? DelegateUse.Repeated : DelegateUse.Unknown;
        }
    }

    private DelegateUse UseIn(IObjectCreationOperation made) => made.Type switch
    {
        { Name: "Task" } task when IsTask(task) => JoinedStarts.IsOne(made) ? DelegateUse.Inline : DelegateUse.Started,
        { Name: "Thread" } thread when SymbolEqualityComparer.Default.Equals(thread, types.Thread) => JoinedStarts.IsOne(made) ? DelegateUse.Inline : DelegateUse.Thread,
        { Name: "Timer" } timer when IsType(timer, "System.Threading.Timer") => DelegateUse.Timer,
        _ => DelegateUse.Unknown,
    };

    private bool IsTask(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, types.Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.TaskOfT);

    private bool IsType(ITypeSymbol type, string metadataName) => SymbolEqualityComparer.Default.Equals(type, types[metadataName]);

    // The supervisor and the builders of its companions: everything below the namespace AsyncGuard.
    private static bool IsRuntime(INamedTypeSymbol? type)
    {
        var outermost = type?.ContainingNamespace;
        while (outermost is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            outermost = outer;
        }

        return outermost is { Name: "AsyncGuard" };
    }
}
