using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4001: an async function that blocks its thread on a task.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingInAsyncAnalyzer() : RuleAnalyzer(Blocks)
{
    public const string Id = "ASG4001";

    private static readonly DiagnosticDescriptor Blocks = Rule.Create(
        Id,
        title: "Do not block on a task in an async function",
        messageFormat: "'{0}' holds a pool thread until the task ends, which starves the pool or deadlocks; await the task",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "Blocking on a task in code that could await it takes a thread out of the pool for as long as the task runs. Under load the pool runs dry, and with a synchronization context the task waits for the very thread that waits for it.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(read => JudgeRead(read, facts), OperationKind.PropertyReference);
            context.RegisterOperationAction(call => JudgeCall(call, facts), OperationKind.Invocation);
        }
    }

    private static void JudgeRead(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.Operation is IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } read && IsTask(task.Type, facts))
        {
            Judge(context, read, task, facts);
        }
    }

    private static void JudgeCall(OperationAnalysisContext context, CompilationFacts facts)
    {
        var call = (IInvocationOperation)context.Operation;
        switch (call.TargetMethod.Name)
        {
            case "Wait" when call.Instance is { } task && facts.Awaitables.IsTask(call.TargetMethod.ContainingType) && !IsZero(call):
                Judge(context, call, task, facts);
                break;
            case "GetResult" when call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task } && IsTask(BlockedOn(task, facts).Type, facts):
                Judge(context, call, BlockedOn(task, facts), facts);
                break;
            case "WaitAll" or "WaitAny" when facts.Awaitables.IsTask(call.TargetMethod.ContainingType) && call.TargetMethod.IsStatic && !IsZero(call):
                if (!AllAreProven(call, facts))
                {
                    Judge(context, call, task: null, facts);
                }

                break;
        }
    }

    private static void Judge(OperationAnalysisContext context, IOperation blocking, IOperation? task, CompilationFacts facts)
    {
        if (blocking.IsInAsyncFunction(context.ContainingSymbol)
            && !IsOnlyNamed(blocking)
            && (task is null || !facts.Completion.IsProven(task, blocking))
            && !blocking.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]))
        {
            var (place, name) = Place(blocking.Syntax);
            context.ReportDiagnostic(Diagnostic.Create(Blocks, place, name));
        }
    }

    private static IOperation BlockedOn(IOperation task, CompilationFacts facts) => facts.Waits.Behind(task.Bare()) ?? task;

    private static bool IsTask(ITypeSymbol? type, CompilationFacts facts) => facts.Awaitables.IsTask(type) || facts.Awaitables.IsValueTask(type);

    // A wait of no time only asks.
    private static bool IsZero(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Bare() is { ConstantValue: { HasValue: true, Value: 0 } } or IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllAreProven(IInvocationOperation call, CompilationFacts facts)
    {
        if (call.Arguments is not [{ Value: var tasks }] || tasks.Bare() is not IArrayCreationOperation { Initializer.ElementValues: { IsEmpty: false } elements })
        {
            return false;
        }

        foreach (var element in elements)
        {
            if (!facts.Completion.IsProven(element, call))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOnlyNamed(IOperation operation)
    {
        for (var parent = operation.Parent; parent is IMemberReferenceOperation or INameOfOperation; parent = parent.Parent)
        {
            if (parent is INameOfOperation)
            {
                return true;
            }
        }

        return false;
    }

    private static (Location Place, string Name) Place(SyntaxNode blocking) => blocking switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } => (name.GetLocation(), name.Identifier.ValueText),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name: var name } } => (name.GetLocation(), name.Identifier.ValueText),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => (name.GetLocation(), name.Identifier.ValueText),
        MemberAccessExpressionSyntax { Name: var name } => (name.GetLocation(), name.Identifier.ValueText),
        MemberBindingExpressionSyntax { Name: var name } => (name.GetLocation(), name.Identifier.ValueText),
        _ => (blocking.GetLocation(), blocking.ToString()),
    };
}
