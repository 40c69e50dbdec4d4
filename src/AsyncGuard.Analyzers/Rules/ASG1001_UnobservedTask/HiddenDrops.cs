using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>A task that is let go by a statement that has no task for its value.</summary>
/// <param name="Task">What makes the task.</param>
/// <param name="Escape">What fails in it, where that is known already.</param>
internal sealed record HiddenDrop(IOperation Task, IOperation? Escape);

/// <summary>Does this statement let a task go although its own value is none?</summary>
internal static class HiddenDrops
{
    public static HiddenDrop? In(IOperation dropped, CompilationFacts facts, CancellationToken cancel)
    {
        while (dropped is IConditionalAccessOperation { WhenNotNull: var inner })
        {
            dropped = inner;
        }

        return dropped is not IInvocationOperation call ? null
            : call.TargetMethod.Name switch
            {
                "Start" => Started(call, facts, cancel),
                "ToList" or "ToArray" => Collected(call, facts, cancel),
                _ => Given(call, facts, cancel),
            };
    }

    // new Task(…).Start()
    private static HiddenDrop? Started(IInvocationOperation call, CompilationFacts facts, CancellationToken cancel) =>
        call.Instance?.Bare() is IObjectCreationOperation { Arguments: [{ Value: var work }, ..] } made
        && facts.Awaitables.IsTask(made.Type)
        && facts.DelegateErrors.Of(work, cancel) is { } escape
            ? new(made, escape)
            : Given(call, facts, cancel);

    // ids.Select(SendAsync).ToList(): started, and the list is dropped.
    private static HiddenDrop? Collected(IInvocationOperation call, CompilationFacts facts, CancellationToken cancel) =>
        call.Arguments is [{ Value: var query }]
        && query.Bare() is IInvocationOperation { TargetMethod: { Name: "Select", TypeArguments: [.., var made] }, Arguments: [_, { Value: var work }] } select
        && facts.Awaitables.IsAwaitable(made)
        && facts.DelegateErrors.Of(work, cancel) is { } escape
            ? new(select, escape)
            : null;

    // SendAsync().Forget(), where Forget is ours and forgets.
    private static HiddenDrop? Given(IInvocationOperation call, CompilationFacts facts, CancellationToken cancel)
    {
        if (!call.TargetMethod.ReturnsVoid || !facts.Targets.IsOfThisCompilation(call.TargetMethod) || !TakesTask(call.TargetMethod))
        {
            return null;
        }

        foreach (var argument in call.Arguments)
        {
            if (facts.Receivers.Ignores(argument, cancel))
            {
                return new(argument.Value, Escape: null);
            }
        }

        return null;
    }

    private static bool TakesTask(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type.Name is "Task" or "ValueTask")
            {
                return true;
            }
        }

        return false;
    }
}
