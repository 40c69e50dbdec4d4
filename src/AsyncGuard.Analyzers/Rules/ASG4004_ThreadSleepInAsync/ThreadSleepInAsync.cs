using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4004: <c>Thread.Sleep</c> where the function could await <c>Task.Delay</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadSleepInAsyncAnalyzer() : RuleAnalyzer(Sleeps)
{
    public const string Id = "ASG4004";

    private static readonly DiagnosticDescriptor Sleeps = Rule.Create(
        Id,
        title: "Do not sleep in an async function",
        messageFormat: "'{0}' blocks its thread here; await Task.Delay instead",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "A sleeping thread serves nobody. Task.Delay gives the thread back until the time is up.");

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types is { Thread: { } thread, Task: not null })
        {
            context.RegisterOperationAction(call => Judge(call, thread), OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context, INamedTypeSymbol thread)
    {
        var call = (IInvocationOperation)context.Operation;

        if (call.TargetMethod is { Name: "Sleep", IsStatic: true } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, thread)
            && !IsYield(call)
            && call.IsInAsyncFunction(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(Sleeps, call.Syntax.GetLocation(), "Thread.Sleep"));
        }
    }

    // Sleep(0) only lets others go first.
    private static bool IsYield(IInvocationOperation call) => call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: 0 } }];
}
