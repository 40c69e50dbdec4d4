using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1001: a task that nobody observes, of a function that does not handle its own errors.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnobservedTaskAnalyzer() : RuleAnalyzer(Unobserved)
{
    public const string Id = "ASG1001";

    private static readonly DiagnosticDescriptor Unobserved = Rule.Create(
        Id,
        title: "Observe every task that can fail",
        messageFormat: "An exception of '{0}' is lost here because nobody awaits its task; await it or run it supervised",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A task that nobody awaits takes its exception with it: no log, no restart, and the work is lost when the process stops.",
        Rule.Essential);

    internal override ImmutableArray<Setting> Settings { get; } = [DroppedTasks.ObservingMethods];

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
        if (DroppedTasks.In(statement) is not { } dropped)
        {
            return;
        }

        if (IsTask(dropped, facts))
        {
            if (!IsTheCompilers(context, dropped) && !DroppedTasks.IsOnlyDescribed(statement, facts))
            {
                ReportFirst(context, dropped, facts);
            }
        }
        else if (HiddenDrops.In(dropped, facts, context.CancellationToken) is { } hidden && !DroppedTasks.IsOnlyDescribed(statement, facts))
        {
            if (hidden.Escape is null)
            {
                ReportFirst(context, hidden.Task, facts);
            }
            else
            {
                Report(context, hidden.Task, hidden.Escape, facts);
            }
        }
    }

    // store?.SaveAsync() of a ValueTask is a ValueTask?, which nobody can await, but which is dropped all the same.
    private static bool IsTask(IOperation dropped, CompilationFacts facts) =>
        (facts.Awaitables.IsAwaitable(dropped.Type) && !Awaitability.IsLazy(dropped.Type)) || (dropped is IConditionalAccessOperation { WhenNotNull: var last } && IsTask(last, facts));

    // Of a choice the first: it is one statement to mend.
    private static void ReportFirst(OperationAnalysisContext context, IOperation dropped, CompilationFacts facts)
    {
        foreach (var origin in facts.Observation.OriginsOf(dropped))
        {
            if (origin is IInvocationOperation call && LostBy(context, call, facts) is var (task, escape))
            {
                Report(context, task, escape, facts);
                return;
            }
        }
    }

    private static (IOperation Task, IOperation Escape)? LostBy(OperationAnalysisContext context, IInvocationOperation call, CompilationFacts facts)
    {
        if (DroppedTasks.IsMeant(call, context.Options))
        {
            return null;
        }

        if (facts.Continuations.IsContinuation(call))
        {
            return facts.LostContinuations.Of(call, context.CancellationToken) is { HiddenBy: null } lost && !DroppedTasks.IsMeant(lost.Origin, context.Options)
                ? (lost.Origin, lost.Escape)
                : null;
        }

        return !IsFluent(call, facts) && !Benchmarks.CleanUpBy(context.ContainingSymbol, facts) && !BegunElsewhere.IsOne(call, facts) && !QueuedCommands.AreMadeBy(call) && !Mocks.IsPartOfOne(call) && facts.LostErrors.Of(call, context.CancellationToken) is { } escape
            ? (call, escape)
            : null;
    }

    private static void Report(OperationAnalysisContext context, IOperation task, IOperation escape, CompilationFacts facts)
    {
        var place = DroppedTasks.PlaceOf(task.Syntax);
        if (!IsAnothers(context.Operation, facts, context.CancellationToken) && !facts.Dying.AreToldAt(place, task, context.ContainingSymbol, context.CancellationToken))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Unobserved, place, facts.Errors.PathOf(escape, context.CancellationToken), DroppedTasks.NameOf(task)));
        }
    }

    // ASG1008 and ASG1015 say more of the same line.
    private static bool IsAnothers(IOperation statement, CompilationFacts facts, CancellationToken cancel) =>
        facts.TaskValues.AreUsedIn(statement) || facts.ScopeEscapes.AreIn(statement, cancel);

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

    // An API whose calls are chained and may be awaited at the end hands back its receiver. A task made of a task is another one.
    private static bool IsFluent(IInvocationOperation call, CompilationFacts facts) =>
        (call.Instance ?? (call.TargetMethod.IsExtensionMethod && !call.Arguments.IsEmpty ? call.Arguments[0].Value : null)) is { Type: { } receiver }
        && SymbolEqualityComparer.Default.Equals(receiver, call.Type)
        && !facts.Awaitables.IsTask(receiver)
        && !facts.Awaitables.IsValueTask(receiver);
}
