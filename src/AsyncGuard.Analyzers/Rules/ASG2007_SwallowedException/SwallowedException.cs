using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG2007: background work catches every exception and says nothing of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedExceptionAnalyzer() : RuleAnalyzer(IsSwallowed)
{
    public const string Id = "ASG2007";

    private static readonly DiagnosticDescriptor IsSwallowed = Rule.Create(
        Id,
        title: "Do not swallow exceptions in background work",
        messageFormat: "{0} swallows every exception of background work; log it",
        category: "LongRunningWork",
        DiagnosticSeverity.Warning,
        description: "Nobody waits for background work, so nobody sees it fail. A catch that neither logs nor uses the exception leaves no trace of why the work was not done.");

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        context.RegisterOperationAction(clause => Judge(clause, facts), OperationKind.CatchClause);
        if (facts.Types["Polly.PolicyResult"] is { } result)
        {
            context.RegisterOperationAction(call => JudgeCapture(call, result, facts), OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var clause = (ICatchClauseOperation)context.Operation;
        if (SilentHandlers.IsSilent(clause.Handler)
            && CatchClauses.IsCatchAll(clause, facts.Types)
            && clause is { Syntax: CatchClauseSyntax syntax, Parent: ITryOperation guard }
            && !SilentHandlers.SaysSomething(clause.Filter, facts, context.CancellationToken)
            && !BestEffort.IsMeant(guard, syntax, facts, context.ContainingSymbol)
            && facts.Errors.FirstEscape(guard.Body, context.CancellationToken) is not null // a wait that only a stop can end swallows nothing
            && BackgroundAround(clause, context, facts) is { } place)
        {
            context.ReportDiagnostic(Diagnostic.Create(IsSwallowed, syntax.CatchKeyword.GetLocation(), [place], "This catch"));
        }
    }

    // A supervisor guards what it runs, but an error that never reaches it it cannot log.
    private static Location? BackgroundAround(ICatchClauseOperation clause, OperationAnalysisContext context, CompilationFacts facts) =>
        facts.Entries.EntryOf(clause, context.ContainingSymbol, context.CancellationToken) is { Kind: not EntryKind.AwaitedByService } entry
            ? entry.Place
            : facts.Entries.SupervisedAt(clause, context.ContainingSymbol)?.Syntax.GetLocation();

    // Polly hands the exception over in a result: who does not read the result swallows it, wherever.
    private static void JudgeCapture(OperationAnalysisContext context, INamedTypeSymbol result, CompilationFacts facts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "ExecuteAndCapture" or "ExecuteAndCaptureAsync" } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingNamespace, result.ContainingNamespace)
            && IsUnread(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(IsSwallowed, call.Syntax.GetLocation(), $"'{method.Name}', whose result nobody reads,"));
        }
    }

    private static bool IsUnread(IInvocationOperation call)
    {
        var value = Starters.ValueOf(call);
        var parent = value.Parent is IAwaitOperation wait ? wait.Parent : value.Parent;
        return parent is IExpressionStatementOperation || (parent is ISimpleAssignmentOperation { Target: var target } && target.IsDiscard());
    }
}
