using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG4005: an async function that blocks its thread until another thread, a process or a signal is ready.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer() : RuleAnalyzer(Waits)
{
    public const string Id = "ASG4005";

    private static readonly DiagnosticDescriptor Waits = Rule.Create(
        Id,
        title: "Do not wait by blocking in an async function",
        messageFormat: "'{0}' holds a pool thread until somebody else is ready, which starves the pool that this somebody may need; {1}",
        category: "Blocking",
        DiagnosticSeverity.Warning,
        description: "A wait handle, an event, a thread or a process says nothing while it is waited for, and the thread that waits serves nobody. Under load the pool runs dry, and whoever should give the signal gets no thread to give it.");

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
        if (BlockingWaits.MayBe(call.TargetMethod)
            && call.IsInAsyncFunction(context.ContainingSymbol)
            && BlockingWaits.Of(call, facts.Types) is { } wait
            && !IsFree(wait, call, context, facts)
            && !AssertedWaits.IsOne(call)
            && !DiesThere(call, context, facts)
            && !HasExited(call)
            && KeptSemaphores.Judge(call, facts, context.CancellationToken) is null) // the greater evil (ASG4011), whose fix awaits too
        {
            context.ReportDiagnostic(Diagnostic.Create(Waits, PlaceOf(call.Syntax), wait.Name, wait.Cure));
        }
    }

    // A program may wait for its own end, a test for what it tests.
    private static bool IsFree(BlockingWait wait, IInvocationOperation call, OperationAnalysisContext context, CompilationFacts facts) =>
        wait.Sibling is null && call.EnclosingFunction(context.ContainingSymbol) is { } function && facts.FreeToBlock.Contains(function);

    // Where the wait is the head of a loop, the loop's death is the greater evil (ASG2001, ASG2002).
    private static bool DiesThere(IInvocationOperation call, OperationAnalysisContext context, CompilationFacts facts)
    {
        for (var it = call.Parent; it is not (null or IBlockOperation); it = it.Parent)
        {
            if (it is ILoopOperation loop)
            {
                return facts.Dying.Judge(loop, context.ContainingSymbol, context.CancellationToken) is not null;
            }
        }

        return false;
    }

    // WaitForExit() after an awaited WaitForExitAsync() only reads the rest of the output.
    private static bool HasExited(IInvocationOperation call)
    {
        if (call is not { TargetMethod.Name: "WaitForExit", Instance: { } process } || Receivers.SymbolOf(process) is not { } symbol)
        {
            return false;
        }

        foreach (var each in call.FunctionRoot().Descendants())
        {
            if (each.Syntax.SpanStart < call.Syntax.SpanStart
                && each is IInvocationOperation { TargetMethod.Name: "WaitForExitAsync", Instance: { } earlier }
                && SymbolEqualityComparer.Default.Equals(Receivers.SymbolOf(earlier), symbol))
            {
                return true;
            }
        }

        return false;
    }

    private static Location PlaceOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } => name.GetLocation(),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name: var name } } => name.GetLocation(),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.GetLocation(),
        _ => call.GetLocation(),
    };
}
