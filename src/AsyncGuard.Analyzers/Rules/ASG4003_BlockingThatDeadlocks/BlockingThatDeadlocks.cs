using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4003: blocking on a task in a place that others wait for, or that holds what the task may need.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingThatDeadlocksAnalyzer() : RuleAnalyzer(Deadlocks)
{
    public const string Id = "ASG4003";

    private static readonly DiagnosticDescriptor Deadlocks = Rule.Create(
        Id,
        title: "Do not block on a task where it deadlocks",
        messageFormat: "'{0}' blocks {1}, which deadlocks as soon as the task needs what is held meanwhile; {2}",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "A constructor, a static initialiser, a property, a Lazy factory, Dispose and the body of a lock run on threads and under locks that are not theirs: the interface's thread, the lock of a type's initialisation, your own. A task that needs one of them to go on never ends, and whoever waits for it never goes on.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(operation => Judge(operation, facts), BlockingCalls.Kinds);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Blocking.At(context.Operation, context.CancellationToken) is { } call
            && facts.BlockingPlaces.DeadlockAt(call, context.ContainingSymbol, context.CancellationToken) is { } place
            && facts.Blocking.Holds(call))
        {
            var (where, cure) = Words(place);
            context.ReportDiagnostic(Diagnostic.Create(Deadlocks, call.Place, call.Evidence, call.Text, where, cure));
        }
    }

    private static (string Where, string Cure) Words(DeadlockPlace place) => place switch
    {
        DeadlockPlace.Constructor => ("in a constructor", "create the object in an async method that awaits"),
        DeadlockPlace.StaticInitialiser => ("the initialisation of a type", "keep the task and await it where it is used"),
        DeadlockPlace.Property => ("in a property", "make it an async method"),
        DeadlockPlace.LazyFactory => ("in a Lazy factory, under its lock", "let the Lazy hold the task and await its Value"),
        DeadlockPlace.Dispose => ("in Dispose", "implement IAsyncDisposable and await"),
        DeadlockPlace.Finaliser => ("the finaliser's thread", "leave asynchronous cleaning up to DisposeAsync"),
        _ => ("under a lock", "await it before the lock, or hold a SemaphoreSlim instead"),
    };
}
