using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1008: a scoped service that work which nobody waits for takes along.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScopeEscapeAnalyzer() : RuleAnalyzer(Escapes)
{
    public const string Id = "ASG1008";

    private const string OwnScope = "run it supervised with a scope of its own";
    private const string Copy = "copy what it needs before";

    private static readonly DiagnosticDescriptor Escapes = Rule.Create(
        Id,
        title: "Give background work a scope of its own",
        messageFormat: "'{0}' goes on when the request is over, and its '{1}' is disposed by then; {2}",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A scoped service ends with its request. Work that outlives the request fails on a disposed context, or meets the next request's data on a connection that went back to the pool.",
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
        if (facts.ScopeEscapes.In((IExpressionStatementOperation)context.Operation, context.CancellationToken) is var (call, escape) && !Mocks.IsPartOfOne(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Escapes, Place(call.Syntax), [escape.Use.Syntax.GetLocation()], DroppedTasks.NameOf(call), NameOf(escape.Use), escape.Lifetime == Lifetime.Request ? Copy : OwnScope));
        }
    }

    private static string NameOf(IOperation use) => use switch
    {
        ILocalReferenceOperation { Local.Name: var name } => name,
        IParameterReferenceOperation { Parameter.Name: var name } => name,
        IMemberReferenceOperation { Member.Name: var name } => name,
        _ => use.Syntax.ToString(),
    };

    private static Location Place(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? (called is MemberAccessExpressionSyntax { Name: var name } ? name : called).GetLocation()
        : call.GetLocation();
}
