using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Does work go on until it is stopped? Whoever awaits that never goes on.</summary>
internal static class EndlessWork
{
    /// <summary>Of a function of this compilation, by its loops.</summary>
    public static bool IsIn(IMethodSymbol function, CompilationFacts facts) => facts.Bodies.Of(function) is { } body && body.Descendants().Any(facts.Loops.IsLongRunning);

    /// <summary>Of an expression that gives a task: what it calls, or gives to whom it calls.</summary>
    public static bool IsBehind(IOperation task, CompilationFacts facts) => facts.Observation.OriginsOf(task).OfType<IInvocationOperation>().Any(call =>
        IsIn(call.TargetMethod, facts) || call.Arguments.Any(each => each.Value.Bare() is IDelegateCreationOperation { Target: var target } && target switch
        {
            IAnonymousFunctionOperation { Body: var body } => body.Descendants().Any(each => facts.Loops.IsLongRunning(each) || each is IInvocationOperation inner && IsIn(inner.TargetMethod, facts)),
            IMethodReferenceOperation { Method: var method } => IsIn(method, facts),
            _ => false,
        }));
}
