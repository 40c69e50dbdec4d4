using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG2001: a background loop whose first error ends it, because nothing inside the loop catches it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DyingLoopAnalyzer() : RuleAnalyzer(Dies)
{
    public const string Id = "ASG2001";

    private static readonly DiagnosticDescriptor Dies = Rule.Create(
        Id,
        title: "Catch errors inside a background loop",
        messageFormat: "The first error in {0} ends this background loop for good; catch it inside the loop, or let a supervisor run the loop",
        category: "LongRunningWork",
        DiagnosticSeverity.Warning,
        description: "A background loop is meant to run until it is stopped. An exception that leaves one iteration leaves the loop too: the work stops for good, and often nobody hears of it.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts) =>
        context.RegisterOperationAction(loop => Judge(loop, facts), OperationKind.Loop);

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var loop = (ILoopOperation)context.Operation;
        if (facts.Dying.Judge(loop, context.ContainingSymbol, context.CancellationToken) is { Catch: null } dying)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Dies,
                LongRunningLoops.LocationOf(loop),
                [.. facts.Errors.PathOf(dying.Escape, context.CancellationToken), dying.Entry.Place],
                FailingName.Of(dying.Escape)));
        }
    }
}
