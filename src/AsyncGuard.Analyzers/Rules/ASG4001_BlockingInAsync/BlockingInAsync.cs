using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4001: an async function that blocks its thread on a task.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingInAsyncAnalyzer() : RuleAnalyzer(Blocks)
{
    public const string Id = "ASG4001";

    private static readonly DiagnosticDescriptor Blocks = Rule.Create(
        Id,
        title: "Do not block on a task in an async function",
        messageFormat: "'{0}' holds a pool thread until the task ends, which starves the pool or deadlocks; await the task",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "Blocking on a task in code that could await it takes a thread out of the pool for as long as the task runs. Under load the pool runs dry, and with a synchronization context the task waits for the very thread that waits for it.",
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
            && call.Operation.EnclosingFunction(context.ContainingSymbol) is { IsAsync: true } // top-level statements that await nothing are a synchronous Main
            && !AssertedWaits.IsOne(call.Operation)
            && facts.Blocking.Holds(call)
            && !facts.BlockingPlaces.HasRuleOfItsOwn(call, context.ContainingSymbol, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(Blocks, call.Place, call.Evidence, call.Text));
        }
    }
}
