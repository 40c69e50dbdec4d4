using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1004: an async lambda or method group that becomes a delegate returning void, and lets an exception escape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidDelegateAnalyzer() : RuleAnalyzer(Void)
{
    public const string Id = "ASG1004";

    private static readonly DiagnosticDescriptor Void = Rule.Create(
        Id,
        title: "Do not pass async code as a delegate that returns nothing",
        messageFormat: "{0} does not wait for this async {1} and its exception ends the process; {2}",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A delegate that returns void turns an async function into async void: whoever calls it takes it for done at its first await, and no catch sees its exception.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(lambda => JudgeLambda(lambda, facts), OperationKind.AnonymousFunction);
            context.RegisterOperationAction(group => JudgeGroup(group, facts), OperationKind.MethodReference);
        }
    }

    private static void JudgeLambda(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.Operation is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda
            && !EventHandlers.IsHandler(lambda)
            && !EventHandlers.IsDetached(lambda)
            && facts.Errors.FirstEscape(lambda, context.CancellationToken) is { } escape)
        {
            Report(context, facts, AsyncKeyword.Of(lambda), "lambda", escape);
        }
    }

    private static void JudgeGroup(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.Operation is IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } method } group
            && AsyncVoidFunctions.IsConversion(group)
            && facts.VoidFunctions.EscapeFrom(method, context.CancellationToken) is { } escape
            && !facts.Handlers.IsHandler(method, context.CancellationToken)
            && facts.VoidFunctions.IsOnlyConverted(method, context.CancellationToken) // else ASG1002 speaks at its name
            && facts.VoidFunctions.FirstConversion(method, context.CancellationToken)?.Syntax == group.Syntax) // one function, one report
        {
            Report(context, facts, NameIn(group.Syntax).GetLocation(), "method", escape);
        }
    }

    private static void Report(OperationAnalysisContext context, CompilationFacts facts, Location place, string what, IOperation escape)
    {
        var taker = DelegateTaker.Of(context.Operation, facts.Types);
        if ((taker.Place is IInvocationOperation call && IsAnothers(call, taker.Kind, facts, context.CancellationToken))
            || facts.Dying.AreToldAt(place, context.Operation, context.ContainingSymbol, context.CancellationToken))
        {
            return;
        }

        var name = taker.Name is { } known ? $"'{known}'" : "A delegate that returns void";
        context.ReportDiagnostic(Diagnostic.Create(Void, place, facts.Errors.PathOf(escape, context.CancellationToken), name, what, CureFor(taker)));
    }

    // A work item that takes a scoped service along is ASG1008's, and a dropped call that does more with the delegate than to start it ASG1001's.
    private static bool IsAnothers(IInvocationOperation call, TakerKind kind, CompilationFacts facts, CancellationToken cancel) =>
        (facts.Awaitables.IsAwaitable(call.Type) && !facts.Waits.Starts(call.TargetMethod) && facts.Observation.FateOf(call) != Fate.Observed)
        || (kind == TakerKind.WorkItem && facts.ScopeEscapes.Of(call, cancel) is not null);

    private static string CureFor(DelegateTaker taker) => taker.Kind switch
    {
        TakerKind.ForEach => "await in a foreach loop",
        TakerKind.Parallel => "await Parallel.ForEachAsync",
        TakerKind.Thread or TakerKind.WorkItem => "await Task.Run or run it supervised",
        TakerKind.Timer => "let a supervisor run it every period or catch the exception in it",
        TakerKind.Registration => "run it supervised or catch the exception in it",
        _ => "pass it where a task is awaited or catch the exception in it",
    };

    private static SyntaxNode NameIn(SyntaxNode group) => group is MemberAccessExpressionSyntax { Name: var name } ? name : group;
}
