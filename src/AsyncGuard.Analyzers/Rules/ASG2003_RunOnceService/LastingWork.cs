using System.Text.RegularExpressions;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does this code start or await something that goes on, or end the application? Whatever it cannot know, it takes to go on.</summary>
internal sealed class LastingWork(CompilationFacts facts, CancellationToken cancel)
{
    private const int MostFunctions = 200;

    // What libraries call the functions that go on until they are stopped, or that others call back.
    private static readonly Regex Lasting = new(
        "^(Run|Start|Begin|Listen|Watch|Consume|Subscribe|Wait|Process|Monitor|Receive|Accept|Poll|Loop|Serve|Schedule|Register|Follow|Tail|Observe|Connect|Bind|Map|Use|On|Join|Add\\w*(Listener|Handler|Callback))(?![a-z])|(Continuously|Forever|Endlessly|Loop|Until[A-Z]\\w*)(Async)?$",
        RegexOptions.CultureInvariant);

    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Whether there is any work here: a service that does nothing has its work elsewhere.</summary>
    public static bool IsDoneIn(IOperation body)
    {
        foreach (var each in body.Descendants())
        {
            if (each is IInvocationOperation call && !LogCalls.IsLog(call))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the service has a timer, or a start of its own that may set one going.</summary>
    public static bool GoesOnElsewhere(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { Name: "StartAsync" or "StartingAsync" or "StartedAsync", Parameters.Length: 1 }
                || (member is IFieldSymbol { Type.Name: "Timer" or "PeriodicTimer" or "ITimer" or "IDisposable" or "FileSystemWatcher" } && !member.IsImplicitlyDeclared))
            {
                return true;
            }
        }

        return false;
    }

    public bool LastsIn(IOperation body)
    {
        foreach (var each in body.DescendantsAndSelf())
        {
            cancel.ThrowIfCancellationRequested();
            if (Lasts(each))
            {
                return true;
            }
        }

        return false;
    }

    private bool Lasts(IOperation operation) => operation switch
    {
        IWhileLoopOperation loop => !IsOverData(loop),
        IForLoopOperation { Condition: null } => true,
        IForEachLoopOperation { IsAsynchronous: true } => true,
        ILoopOperation loop => facts.Loops.IsLongRunning(loop),
        IEventAssignmentOperation { Adds: true } or IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation => true,
        IObjectCreationOperation { Type.Name: "Timer" or "PeriodicTimer" } => true,
        IAwaitOperation { Operation: var awaited } => IsStored(awaited.Bare()),
        IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } => facts.Awaitables.IsAwaitable(value.Type) && IsStored(value.Bare()),
        IMethodReferenceOperation reference => LastsIn(facts.Targets.Of(reference)),
        IInvocationOperation call => LastsIn(call),
        _ => false,
    };

    // A task that somebody else made, or completes.
    private static bool IsStored(IOperation task) => task is IFieldReferenceOperation or IParameterReferenceOperation
        || (task is IPropertyReferenceOperation { Property: { Name: not "CompletedTask" } });

    // while (reader.Read()), while (count < 10): over when the data is.
    private static bool IsOverData(IWhileLoopOperation loop) => loop.Condition?.Bare() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } => true,
        IInvocationOperation { TargetMethod.Name: "Read" or "MoveNext" or "TryDequeue" or "TryRead" or "TryPop" } => true,
        IAwaitOperation { Operation: IInvocationOperation { TargetMethod.Name: "ReadAsync" or "MoveNextAsync" } } => true,
        _ => false,
    };

    private bool LastsIn(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (LogCalls.IsLog(call))
        {
            return false;
        }

        if (ApplicationEnd.IsEnd(method) || method.MethodKind == MethodKind.DelegateInvoke || IsInfiniteDelay(call))
        {
            return true;
        }

        var isHere = facts.Targets.IsOfThisCompilation(method);
        var targets = !isHere || facts.Targets.Of(call) is { IsEmpty: false } ? facts.Targets.Of(call) : Implementations.Of(method, facts, cancel);
        return targets.IsEmpty ? !IsTaskStart(method) && (Lasting.IsMatch(method.Name) || TakesACallback(call)) : LastsIn(targets);
    }

    // What runs in them stands in this code, and is looked at.
    private static bool IsTaskStart(IMethodSymbol method) => method is { Name: "Run" or "StartNew", ContainingType.Name: "Task" or "TaskFactory" };

    private static bool IsInfiniteDelay(IInvocationOperation call) => call is { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" }, Arguments: [{ Value: var time }, ..] }
        && (time.ConstantValue is { HasValue: true, Value: -1 } || time.Bare() is IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" });

    // A delegate that a library keeps is called when this code is long over. One that it awaits is part of this code.
    private bool TakesACallback(IInvocationOperation call)
    {
        if (facts.Awaitables.IsAwaitable(call.Type) || call.TargetMethod.ContainingNamespace is { Name: "Linq" or "Generic" or "Immutable" } || call.TargetMethod.ContainingType.Name is "Array" or "Parallel" or "Interlocked")
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type is { TypeKind: TypeKind.Delegate })
            {
                return true;
            }
        }

        return false;
    }

    private bool LastsIn(ImmutableArray<IMethodSymbol> methods)
    {
        foreach (var method in methods)
        {
            if (_seen.Add(method.OriginalDefinition) && (_seen.Count > MostFunctions || (facts.Bodies.Of(method, cancel) is { } body && LastsIn(body))))
            {
                return true;
            }
        }

        return false;
    }
}
