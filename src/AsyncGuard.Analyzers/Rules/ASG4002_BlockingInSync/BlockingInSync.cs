using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4002: a synchronous function that blocks its thread on a task while others wait for it. ASG4010: any other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingInSyncAnalyzer() : RuleAnalyzer(WhereOthersWait, Anywhere)
{
    public const string Id = "ASG4002";

    public const string IdAnywhere = "ASG4010";

    private const string Category = "Blocking";

    private static readonly DiagnosticDescriptor WhereOthersWait = Rule.Create(
        id: Id,
        title: "Do not block on a task where a request, background work or a window waits",
        messageFormat: "'{0}' holds {1} until the task ends, which {2}; make '{3}' and its callers async and await the task",
        category: Category,
        DiagnosticSeverity.Warning,
        description: "A synchronous function that waits for a task keeps its thread from everybody else. In requests and background work the pool runs dry under load; in a window the task waits for the thread that waits for it.");

    private static readonly DiagnosticDescriptor Anywhere = Rule.Create(
        id: IdAnywhere,
        title: "Do not block on a task in a synchronous function",
        messageFormat: "'{0}' holds the caller's thread until the task ends, which starves the pool or deadlocks where that is a pool or a window's thread; make '{1}' async and await the task",
        category: Category,
        DiagnosticSeverity.Info,
        description: "A synchronous function that waits for a task does its callers no good: those who could await cannot, and whoever calls it from a pool thread or a window blocks that.");

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(operation => Judge(operation, facts), BlockingCalls.Kinds);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var cancel = context.CancellationToken;
        if (facts.Blocking.At(context.Operation, cancel) is not { } call
            || call.Operation.IsInAsyncFunction(context.ContainingSymbol)
            || call.Operation.EnclosingFunction(context.ContainingSymbol) is not { } function
            || IsForAnotherRule(function)
            || IsOfTheSameType(call, function)
            || !facts.Blocking.Holds(call)
            || facts.FreeToBlock.Contains(function)
            || facts.BlockingPlaces.HasRuleOfItsOwn(call, context.ContainingSymbol, cancel))
        {
            return;
        }

        var name = NameOf(function, context.ContainingSymbol);
        context.ReportDiagnostic(facts.Waiting.For(function, call.Operation, context.ContainingSymbol, cancel) is { } waiting && !SharesLineWithLostStart(call, facts)
            ? Diagnostic.Create(WhereOthersWait, call.Place, call.Evidence, call.Text, waiting.Thread, waiting.Consequence, name)
            : Diagnostic.Create(Anywhere, call.Place, call.Evidence, call.Text, name));
    }

    // Members that cannot be async are ASG4003's; so is what Dispose may do and what not.
    private static bool IsForAnotherRule(IMethodSymbol function) =>
        function.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.AnonymousFunction or MethodKind.ExplicitInterfaceImplementation)
        || function is { Name: "Dispose", MethodKind: MethodKind.Ordinary } or { ExplicitInterfaceImplementations: [{ Name: "Dispose" }] };

    // What blocks on the task that the type's own function hands it is reported there.
    private static bool IsOfTheSameType(BlockingCall call, IMethodSymbol function) =>
        call is { Inside: not null, Operation: IInvocationOperation { TargetMethod.ContainingType: var type } } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, function.ContainingType?.OriginalDefinition);

    // _ = Task.Run(() => task.Result): that the task is lost is the line's greater evil (ASG1001, ASG1007).
    private static bool SharesLineWithLostStart(BlockingCall call, CompilationFacts facts)
    {
        var function = call.Operation.Parent;
        while (function is not (null or IAnonymousFunctionOperation))
        {
            function = function.Parent;
        }

        while (function?.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            function = function.Parent;
        }

        return function?.Parent is IArgumentOperation { Parent: IInvocationOperation start }
            && facts.Awaitables.IsAwaitable(start.Type)
            && facts.Observation.FateOf(start) != Fate.Observed
            && LineOf(start.Syntax.GetLocation()) == LineOf(call.Place);

        static int LineOf(Location place) => place.GetLineSpan().StartLinePosition.Line;
    }

    // A lambda goes by the member that it stands in.
    private static string NameOf(IMethodSymbol function, ISymbol containing) => function.MethodKind == MethodKind.AnonymousFunction ? containing.Name : function.Name;
}
