using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4004: <c>Thread.Sleep</c> where <c>Task.Delay</c> could be awaited: in an async function, or in background work on a pool thread.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadSleepInAsyncAnalyzer() : RuleAnalyzer(Sleeps)
{
    public const string Id = "ASG4004";

    private static readonly DiagnosticDescriptor Sleeps = Rule.Create(
        Id,
        title: "Do not sleep in an async function or in background work",
        messageFormat: "'{0}' blocks its thread here; await Task.Delay instead",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "A sleeping thread serves nobody. Task.Delay gives the thread back until the time is up.");

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types is { Thread: { } thread, Task: not null })
        {
            context.RegisterOperationAction(call => Judge(call, thread, facts), OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context, INamedTypeSymbol thread, CompilationFacts facts)
    {
        var call = (IInvocationOperation)context.Operation;

        if (call.TargetMethod is { Name: "Sleep", IsStatic: true } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, thread)
            && !IsYield(call)
            && (call.EnclosingFunction(context.ContainingSymbol) is { IsAsync: true } function ? !MaySleep(call, function, facts) : PoolThreads.Run(call, context.ContainingSymbol, facts, context.CancellationToken)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Sleeps, call.Syntax.GetLocation(), "Thread.Sleep"));
        }
    }

    // The main thread may, and a program may sleep for ever: that keeps it alive.
    private static bool MaySleep(IInvocationOperation call, IMethodSymbol function, CompilationFacts facts) =>
        facts.FreeToBlock.IsOnMainThread(call, function) || (IsForEver(call) && facts.FreeToBlock.IsEntryPoint(function));

    private static bool IsForEver(IInvocationOperation call) =>
        call.Arguments is [{ Value: { ConstantValue: { HasValue: true, Value: -1 } } or IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" } }];

    // Sleep(0) only lets others go first.
    private static bool IsYield(IInvocationOperation call) => call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: 0 } }];
}
