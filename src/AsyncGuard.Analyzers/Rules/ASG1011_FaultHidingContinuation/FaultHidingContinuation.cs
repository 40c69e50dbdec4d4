using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1011: a dropped continuation that runs after a fault as if there were none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FaultHidingContinuationAnalyzer() : RuleAnalyzer(Hides)
{
    public const string Id = "ASG1011";

    private static readonly DiagnosticDescriptor Hides = Rule.Create(
        Id,
        title: "Ask in a continuation whether the task failed",
        messageFormat: "An exception of '{0}' is lost here because its continuation runs on without asking for it; await the task in a try, or run it supervised",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A continuation runs whatever became of the task before it. One that never looks goes on after a failure as if nothing had happened, and one that reads the result fails in turn, unseen.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(statement => Judge(statement, facts), OperationKind.ExpressionStatement);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var statement = (IExpressionStatementOperation)context.Operation;
        if (DroppedTasks.In(statement) is { } dropped && facts.Awaitables.IsAwaitable(dropped.Type) && !DroppedTasks.IsOnlyDescribed(statement, facts))
        {
            foreach (var origin in facts.Observation.OriginsOf(dropped))
            {
                if (origin is IInvocationOperation end
                    && facts.Continuations.IsContinuation(end)
                    && facts.LostContinuations.Of(end, context.CancellationToken) is { HiddenBy: { } hider } lost
                    && !DroppedTasks.IsMeant(lost.Origin, context.Options)
                    && !facts.ScopeEscapes.AreIn(statement, context.CancellationToken)) // ASG1008 says more of the same line
                {
                    Report(context, lost, hider, facts);
                    return;
                }
            }
        }
    }

    private static void Report(OperationAnalysisContext context, LostFault lost, IInvocationOperation hider, CompilationFacts facts) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Hides, DroppedTasks.PlaceOf(hider.Syntax), facts.Errors.PathOf(lost.Escape, context.CancellationToken), DroppedTasks.NameOf(lost.Origin)));
}
