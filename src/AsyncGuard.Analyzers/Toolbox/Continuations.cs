namespace AsyncGuard.Toolbox;

/// <summary>What a continuation makes of a fault of the task it follows.</summary>
internal enum FaultSight
{
    /// <summary>It runs whatever happened and never asks.</summary>
    Hidden,

    /// <summary>It reads the result or awaits the task, so that the fault becomes its own.</summary>
    Rethrown,

    /// <summary>By its options it does not run after a fault.</summary>
    Skipped,

    /// <summary>It asks, hands the task on, or runs only because something went wrong.</summary>
    Seen,
}

/// <summary>What does a continuation (<c>ContinueWith</c>, <c>ContinueWhenAll</c>, <c>ContinueWhenAny</c>) learn of the task before it?</summary>
internal sealed class Continuations(CompilationFacts facts)
{
    private const int NotOnRanToCompletion = 0x10000; // TaskContinuationOptions.NotOnRanToCompletion
    private const int NotOnFaulted = 0x20000; // TaskContinuationOptions.NotOnFaulted
    private const int NotOnCanceled = 0x40000; // TaskContinuationOptions.NotOnCanceled

    public bool IsContinuation(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "ContinueWith" => facts.Awaitables.IsTask(call.TargetMethod.ContainingType),
        "ContinueWhenAll" or "ContinueWhenAny" => IsFactory(call.TargetMethod.ContainingType),
        _ => false,
    };

    /// <summary>The tasks that it follows, as far as they stand in the call.</summary>
    public static ImmutableArray<IOperation> AntecedentsOf(IInvocationOperation continuation) => continuation.Instance is { } task && continuation.TargetMethod.Name == "ContinueWith"
        ? [task.Bare()]
        : Tasks(continuation) switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
            ICollectionExpressionOperation { Elements: var elements } => elements,
            { } other => [other],
            null => [],
        };

    /// <summary>The delegate that it, or another call that starts work, runs.</summary>
    public static IOperation? WorkOf(IInvocationOperation start)
    {
        foreach (var argument in start.Arguments)
        {
            if (argument.Parameter?.Type is { TypeKind: TypeKind.Delegate })
            {
                return argument.Value.Bare();
            }
        }

        return null;
    }

    public FaultSight SightOf(IInvocationOperation continuation, CancellationToken cancel) => OptionsOf(continuation, cancel) switch
    {
        null => FaultSight.Seen, // who knows
        var options when (options & NotOnFaulted) != 0 => FaultSight.Skipped,
        var options when (options & NotOnRanToCompletion) != 0 => FaultSight.Seen,
        _ => WorkOf(continuation) is { } work ? new AntecedentReads(facts, cancel).SightOf(work) : FaultSight.Seen,
    };

    /// <summary>Whether it runs where the task before it succeeded; else its own task is cancelled then.</summary>
    public static bool RunsAfterSuccess(IInvocationOperation continuation, CancellationToken cancel) => (OptionsOf(continuation, cancel) & NotOnRanToCompletion) is 0 or null;

    /// <summary>Whether it also runs where the task before it was cancelled, as one is that skipped a fault.</summary>
    public static bool RunsAfterCancellation(IInvocationOperation continuation, CancellationToken cancel) => (OptionsOf(continuation, cancel) & NotOnCanceled) is 0 or null;

    // What is no constant may be anything; a field that never changes is as good as one.
    private static int? OptionsOf(IInvocationOperation continuation, CancellationToken cancel)
    {
        foreach (var argument in continuation.Arguments)
        {
            if (argument.Parameter?.Type is { TypeKind: TypeKind.Enum, Name: "TaskContinuationOptions" })
            {
                return ConstantOf(argument.Value.Bare(), cancel);
            }
        }

        return 0;
    }

    private static int? ConstantOf(IOperation value, CancellationToken cancel)
    {
        if (value.ConstantValue is { HasValue: true, Value: int constant })
        {
            return constant;
        }

        return value is IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }
            && declaration.GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: var initial }
            && value.SemanticModel is { } model && model.SyntaxTree == initial.SyntaxTree
            && model.GetConstantValue(initial, cancel) is { HasValue: true, Value: int known }
                ? known
                : null;
    }

    private static IOperation? Tasks(IInvocationOperation continuation)
    {
        foreach (var argument in continuation.Arguments)
        {
            if (argument.Parameter is { Ordinal: 0 })
            {
                return argument.Value.Bare();
            }
        }

        return null;
    }

    private bool IsFactory(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types["System.Threading.Tasks.TaskFactory"])
        || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types["System.Threading.Tasks.TaskFactory`1"]);
}
