using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1005: a task of a task of which only the outer is awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedInnerTaskAnalyzer() : RuleAnalyzer(Inner)
{
    public const string Id = "ASG1005";

    private static readonly DiagnosticDescriptor Inner = Rule.Create(
        Id,
        title: "Await the inner task of a task",
        messageFormat: "'{0}' gives a task of a task and only the outer one is awaited, so the work runs on unseen and its exception is lost; use Task.Run, or Unwrap it",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "The outer task is over as soon as the inner one has begun. Whoever awaits only the outer goes on before the work is done and never learns how it ended.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(call => Judge(call, facts), OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.Type is INamedTypeSymbol { Arity: 1, TypeArguments: [{ Name: "Task" or "ValueTask" } inner] }
            && facts.Awaitables.IsAwaitable(inner)
            && facts.Awaitables.IsAwaitable(call.Type)
            && IsMadeByDelegate(call, facts)
            && !GivesBackItsAntecedent(call)
            && new InnerTasks(facts, context.CancellationToken).FirstLoss(call) is { } loss
            && !IsForAnotherRule(loss, context, facts)
            && !facts.ScopeEscapes.AreIn(call, context.CancellationToken)
            && !call.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]))
        {
            context.ReportDiagnostic(Diagnostic.Create(Inner, DroppedTasks.PlaceOf(call.Syntax), [loss.Syntax.GetLocation()], DroppedTasks.NameOf(call)));
        }
    }

    // Where the wait for the outer one blocks and should not, that comes first: once it is awaited, the inner one is this rule's.
    private static bool IsForAnotherRule(IOperation loss, OperationAnalysisContext context, CompilationFacts facts) =>
        loss is IInvocationOperation or IPropertyReferenceOperation
        && facts.Blocking.At(loss, context.CancellationToken) is { } blocking
        && (loss.IsInAsyncFunction(context.ContainingSymbol)
            || facts.BlockingPlaces.HasRuleOfItsOwn(blocking, context.ContainingSymbol, context.CancellationToken)
            || (loss.EnclosingFunction(context.ContainingSymbol) is { } function && facts.Waiting.For(function, loss, context.ContainingSymbol, context.CancellationToken) is not null));

    // await Task.Delay(…, token).ContinueWith(t => t): a wait that cancellation ends without an exception.
    private static bool GivesBackItsAntecedent(IInvocationOperation call) =>
        call is { TargetMethod.Name: "ContinueWith", Arguments: [{ Value: var work }, ..] }
        && work.Bare() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var antecedent, ..], Body.Operations: [IReturnOperation { ReturnedValue: { } given }] } }
        && given.Bare() is IParameterReferenceOperation { Parameter: var same } && SymbolEqualityComparer.Default.Equals(same, antecedent);

    // StartNew, ContinueWith, a dispatcher: they run a function for its value, and that value is a task. WhenAny means what it says.
    private static bool IsMadeByDelegate(IInvocationOperation call, CompilationFacts facts)
    {
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && facts.Awaitables.IsAwaitable(invoke.ReturnType))
            {
                return true;
            }
        }

        return false;
    }
}
