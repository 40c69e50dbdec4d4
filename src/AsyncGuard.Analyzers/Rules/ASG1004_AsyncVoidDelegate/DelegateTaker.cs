using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>What takes a function for a delegate that returns nothing.</summary>
internal enum TakerKind
{
    /// <summary>Some other delegate: nobody knows when it runs, and whoever runs it does not wait.</summary>
    Other,

    /// <summary><c>List.ForEach</c> and its like: once for each element, now.</summary>
    ForEach,

    /// <summary><c>Parallel.For</c>, <c>ForEach</c>, <c>Invoke</c>.</summary>
    Parallel,

    /// <summary><c>new Thread</c>: the thread ends at the first await.</summary>
    Thread,

    /// <summary>A work item of the thread pool, or <c>new Task</c>.</summary>
    WorkItem,

    /// <summary>The callback of a timer.</summary>
    Timer,

    /// <summary><c>CancellationToken.Register</c>.</summary>
    Registration,
}

/// <summary>Who takes this lambda or method group, and by which call or creation?</summary>
internal readonly record struct DelegateTaker(TakerKind Kind, IOperation? Place)
{
    /// <summary>How the taker is called, where it has a name.</summary>
    public string? Name => Place switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, IsExtensionMethod: false } method } => method.ContainingType.Name + "." + method.Name,
        IInvocationOperation { TargetMethod.Name: var name } => name,
        IObjectCreationOperation { Type.Name: var name } => "new " + name,
        _ => null,
    };

    public static DelegateTaker Of(IOperation function, KnownTypes types)
    {
        var given = function;
        while (given.Parent is IDelegateCreationOperation or IConversionOperation or IConditionalOperation or ICoalesceOperation)
        {
            given = given.Parent;
        }

        return given.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation call } => new(KindOf(call, types), call),
            IArgumentOperation { Parent: IObjectCreationOperation made } => new(KindOf(made, types), made),
            IArrayInitializerOperation { Parent: IArrayCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } => new(KindOf(call, types), call), // Parallel.Invoke(a, b)
            ICollectionExpressionOperation { Parent: IConversionOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } => new(KindOf(call, types), call),
            _ => default,
        };
    }

    private static TakerKind KindOf(IInvocationOperation call, KnownTypes types) => call.TargetMethod switch
    {
        { Name: "ForEach" or "For" or "Invoke", ContainingType: var type } when Is(type, types["System.Threading.Tasks.Parallel"]) => TakerKind.Parallel,
        { Name: "ForEach", ReturnsVoid: true } => TakerKind.ForEach,
        { Name: "Register" or "UnsafeRegister", ContainingType: var type } when Is(type, types.CancellationToken) => TakerKind.Registration,
        { Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem", ContainingType: var type } when Is(type, types["System.Threading.ThreadPool"]) => TakerKind.WorkItem,
        { Name: "CreateTimer", ContainingType: var type } when Is(type, types["System.TimeProvider"]) => TakerKind.Timer,
        _ => TakerKind.Other,
    };

    private static TakerKind KindOf(IObjectCreationOperation made, KnownTypes types) => made.Type switch
    {
        { Name: "Thread" } type when Is(type, types.Thread) => TakerKind.Thread,
        { Name: "Task" } type when Is(type, types.Task) => TakerKind.WorkItem,
        { Name: "Timer" } type when Is(type, types["System.Threading.Timer"]) => TakerKind.Timer,
        _ => TakerKind.Other,
    };

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? known) => SymbolEqualityComparer.Default.Equals(type, known);
}
