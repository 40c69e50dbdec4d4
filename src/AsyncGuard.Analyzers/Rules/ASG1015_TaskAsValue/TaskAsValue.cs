using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1015: a task that is compared, written, logged or answered with as if it were its result.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TaskAsValueAnalyzer() : RuleAnalyzer(AsValue)
{
    public const string Id = "ASG1015";

    private const string Comparison = "the comparison with null always answers the same";
    private const string Value = "the task itself is used as the value and its exception is lost";

    private static readonly DiagnosticDescriptor AsValue = Rule.Create(
        Id,
        title: "Do not use a task as if it were its result",
        messageFormat: "'{0}' is a task that nobody has awaited here, so {1}; await it",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A task is never null, and written out it is the name of its type: a check that always passes, or a log, an answer or a row without the value.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(call => JudgeCall(call, facts), OperationKind.Invocation);
            context.RegisterOperationAction(local => JudgeLocal(local, facts), OperationKind.LocalReference);
        }
    }

    private static void JudgeCall(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.Operation is IInvocationOperation { Parent: not (IAwaitOperation or IInvocationOperation) } call && facts.TaskValues.IsTask(call.Type))
        {
            Report(context, facts, call, call.Syntax);
        }
        else if (context.Operation is IInvocationOperation { Parent: IInvocationOperation { TargetMethod.Name: "ToString" } } text && facts.TaskValues.IsTask(text.Type))
        {
            Report(context, facts, text, text.Syntax);
        }
    }

    private static void Report(OperationAnalysisContext context, CompilationFacts facts, IInvocationOperation call, SyntaxNode syntax)
    {
        var use = TaskValues.UseOf(call);
        if ((use == TaskValueUse.Value || (use == TaskValueUse.NullTest && facts.TaskValues.IsNeverNull(call, context.CancellationToken)))
            && !Mocks.IsPartOfOne(call) && !IsDescription(context, facts))
        {
            Report(context, use, NameOf(syntax), call.TargetMethod.Name);
        }
    }

    private static void JudgeLocal(OperationAnalysisContext context, CompilationFacts facts)
    {
        var local = (ILocalReferenceOperation)context.Operation;
        if (facts.TaskValues.IsTask(local.Type) && facts.TaskValues.Misuses(local, context.CancellationToken) && !IsDescription(context, facts))
        {
            Report(context, TaskValues.UseOf(local), local.Syntax, local.Local.Name);
        }
    }

    private static bool IsDescription(OperationAnalysisContext context, CompilationFacts facts) => context.Operation.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]);

    private static void Report(OperationAnalysisContext context, TaskValueUse use, SyntaxNode place, string name) =>
        context.ReportDiagnostic(Diagnostic.Create(AsValue, place.GetLocation(), name, use == TaskValueUse.NullTest ? Comparison : Value));

    private static SyntaxNode NameOf(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? called is MemberAccessExpressionSyntax { Name: var name } ? name : called
        : call;
}
