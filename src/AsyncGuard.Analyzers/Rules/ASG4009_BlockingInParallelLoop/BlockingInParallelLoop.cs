using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4009: async work forced through a synchronous parallel loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingInParallelLoopAnalyzer() : RuleAnalyzer(Blocks)
{
    public const string Id = "ASG4009";

    private static readonly DiagnosticDescriptor Blocks = Rule.Create(
        Id,
        title: "Do not force async work through a parallel loop",
        messageFormat: "'{0}' in '{1}' holds a pool thread for each item until its task ends, which starves the pool; await the task in Parallel.ForEachAsync instead",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "Parallel.For, Parallel.ForEach, Parallel.Invoke and PLINQ run synchronous work on as many pool threads as they can get. Work that waits for tasks takes them all and leaves none for the tasks to go on with.");

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
            && facts.BlockingPlaces.LoopAround(call, context.ContainingSymbol, context.CancellationToken) is { } loop
            && facts.BlockingPlaces.DeadlockAt(call, context.ContainingSymbol, context.CancellationToken) is null
            && facts.Blocking.Holds(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(Blocks, call.Place, Evidence(call, loop), call.Text, NameOf(loop)));
        }
    }

    // A loop around the place is seen without being shown.
    private static ImmutableArray<Location> Evidence(BlockingCall call, IInvocationOperation loop) =>
        loop.Syntax.Contains(call.Operation.Syntax) ? call.Evidence : [loop.Syntax.GetLocation(), .. call.Evidence];

    private static string NameOf(IInvocationOperation loop) =>
        loop.TargetMethod.ContainingType.Name == "Parallel" ? "Parallel." + loop.TargetMethod.Name : "AsParallel()." + loop.TargetMethod.Name;
}
