using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG2002: the error of one iteration is caught outside the background loop, so that the loop is over.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CatchOutsideLoopAnalyzer() : RuleAnalyzer(IsOutside)
{
    public const string Id = "ASG2002";

    private static readonly DiagnosticDescriptor IsOutside = Rule.Create(
        Id,
        title: "Put the catch inside the loop",
        messageFormat: "The first error in {0} leaves this background loop for the catch behind it, and the loop is over; catch it inside the loop",
        category: "LongRunningWork",
        DiagnosticSeverity.Warning,
        description: "A catch around a background loop logs the first error and ends the loop with it. The log shows one error; that nothing has been done since it does not show.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts) =>
        context.RegisterOperationAction(loop => Judge(loop, facts), OperationKind.Loop);

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var loop = (ILoopOperation)context.Operation;
        if (facts.Dying.Judge(loop, context.ContainingSymbol, context.CancellationToken) is { Catch: { } outer } dying)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                IsOutside,
                LongRunningLoops.LocationOf(loop),
                [((CatchClauseSyntax)outer.Syntax).CatchKeyword.GetLocation(), .. facts.Errors.PathOf(dying.Escape, context.CancellationToken), dying.Entry.Place],
                FailingName.Of(dying.Escape)));
        }
    }
}
