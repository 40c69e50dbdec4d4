using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1001: a task that nobody observes, of a function that does not handle its own errors.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnobservedTaskAnalyzer() : RuleAnalyzer(Unobserved)
{
    public const string Id = "ASG1001";

    internal static readonly Setting<MemberNames> ObservingMethods = Setting.Members(Id + ".observing_methods");

    private static readonly DiagnosticDescriptor Unobserved = Rule.Create(
        Id,
        title: "Observe every task that can fail",
        messageFormat: "An exception of '{0}' is lost here because nobody awaits its task; await it or run it supervised",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A task that nobody awaits takes its exception with it: no log, no restart, and the work is lost when the process stops.",
        Rule.Essential);

    internal override ImmutableArray<Setting> Settings { get; } = [ObservingMethods];

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(statement => Judge(statement, facts), OperationKind.ExpressionStatement);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        var dropped = ((IExpressionStatementOperation)context.Operation).Operation;
        if (dropped is ISimpleAssignmentOperation { Target: IDiscardOperation } discard)
        {
            dropped = discard.Value.Bare();
        }
        else if (dropped is IAssignmentOperation or IIncrementOrDecrementOperation)
        {
            return;
        }

        if (facts.Awaitables.IsAwaitable(dropped.Type) && !IsTheCompilers(context, dropped) && !context.Operation.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]))
        {
            foreach (var origin in facts.Observation.OriginsOf(dropped))
            {
                if (Reports(context, origin, facts))
                {
                    return; // of a choice the first: it is one statement to mend
                }
            }
        }
    }

    private static bool Reports(OperationAnalysisContext context, IOperation origin, CompilationFacts facts)
    {
        if (origin is IInvocationOperation call
            && !facts.Observation.IsContinuation(call)
            && !IsFluent(call)
            && !Mocks.IsPartOfOne(call)
            && !IsInUnboundCode(call)
            && !ObservingMethods.In(call.Syntax.SyntaxTree, context.Options).Contains(call.TargetMethod)
            && facts.LostErrors.Of(call, context.CancellationToken) is { } escape)
        {
            var path = facts.Errors.PathOf(escape, context.CancellationToken);
            context.ReportDiagnostic(Diagnostic.Create(Unobserved, Place(call.Syntax), path, NameOf(call)));
            return true;
        }

        return false;
    }

    // CS4014 speaks of every awaitable call that is a statement of an async function, but not where no await may stand.
    private static bool IsTheCompilers(OperationAnalysisContext context, IOperation dropped) =>
        context.Operation is IExpressionStatementOperation { Operation: IInvocationOperation call }
        && call == dropped
        && context.Operation.EnclosingFunction(context.ContainingSymbol) is { IsAsync: true }
        && (call.TargetMethod.IsAsync || !IsLocked(call));

    private static bool IsLocked(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); parent = parent.Parent)
        {
            if (parent is ILockOperation)
            {
                return true;
            }
        }

        return false;
    }

    // What surrounds the call decides what becomes of it: Received.InOrder(() => …) of a library that is not there.
    private static bool IsInUnboundCode(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvalidOperation)
            {
                return true;
            }
        }

        return false;
    }

    // A delegate is known by what holds it, not by its Invoke.
    private static string NameOf(IInvocationOperation call) => call.TargetMethod.MethodKind != MethodKind.DelegateInvoke
        ? call.TargetMethod.Name
        : call.Instance?.Bare() switch
        {
            IMemberReferenceOperation { Member.Name: var name } => name,
            ILocalReferenceOperation { Local.Name: var name } => name,
            IParameterReferenceOperation { Parameter.Name: var name } => name,
            IConditionalAccessInstanceOperation { Syntax: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
            IConditionalAccessInstanceOperation { Syntax: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => name,
            _ => call.TargetMethod.Name,
        };

    // An API whose calls are chained and may be awaited at the end hands back its receiver.
    private static bool IsFluent(IInvocationOperation call) =>
        (call.Instance ?? (call.TargetMethod.IsExtensionMethod && !call.Arguments.IsEmpty ? call.Arguments[0].Value : null)) is { Type: { } receiver }
        && SymbolEqualityComparer.Default.Equals(receiver, call.Type);

    // A call may go over many lines; what is called stands on one.
    private static Location Place(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? (called switch
        {
            MemberAccessExpressionSyntax { Name: var name } when called.GetLocation().GetLineSpan() is var span && span.StartLinePosition.Line != span.EndLinePosition.Line => name.GetLocation(),
            _ => called.GetLocation(),
        })
        : call.GetLocation();
}
