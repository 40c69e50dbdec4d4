using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4011: a semaphore or lock that stays taken when something fails before the <c>try</c> that would release it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeptSemaphoreAnalyzer() : RuleAnalyzer(Keeps)
{
    public const string Id = "ASG4011";

    private static readonly DiagnosticDescriptor Keeps = Rule.Create(
        Id,
        title: "Release a semaphore whatever happens",
        messageFormat: "{0} keeps '{1}' taken for ever, and whoever waits for it next hangs; begin a try right after the wait and release in its finally",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "A semaphore that is not released on every way out of the function that took it is lost at the first failure: every later wait for it lasts for ever, and nothing in the log says why.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts) =>
        context.RegisterOperationAction(call => Judge(call, facts), OperationKind.Invocation);

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (Acquisition.MayBe(call.TargetMethod) && KeptSemaphores.Judge(call, facts, context.CancellationToken) is { } kept)
        {
            var name = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var member } } ? member : call.Syntax;
            context.ReportDiagnostic(Diagnostic.Create(Keeps, name.GetLocation(), PathOf(kept.Leak, facts, context.CancellationToken), NameOf(kept.Leak), kept.Acquired.Held.Syntax));
        }
    }

    private static ImmutableArray<Location> PathOf(IOperation leak, CompilationFacts facts, CancellationToken cancel) =>
        IsWayOut(leak) ? [leak.Syntax.GetLocation()] : facts.Errors.PathOf(leak, cancel);

    private static string NameOf(IOperation leak) => leak switch
    {
        IThrowOperation => "A 'throw' before the release",
        _ when IsWayOut(leak) => "A 'return' before the release",
        _ => "A failure of " + FailingName.Of(leak, "the code up to its release"),
    };

    private static bool IsWayOut(IOperation leak) => leak is IThrowOperation || leak.HasInFunction(each => each is IReturnOperation);
}
