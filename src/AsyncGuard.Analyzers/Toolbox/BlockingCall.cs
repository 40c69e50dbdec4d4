namespace AsyncGuard.Toolbox;

/// <summary>How a thread is held until a task ends.</summary>
internal enum BlockingForm
{
    /// <summary><c>task.Result</c>.</summary>
    Result,

    /// <summary><c>task.Wait(…)</c>.</summary>
    Wait,

    /// <summary><c>task.GetAwaiter().GetResult()</c>, in one expression or with the awaiter in a local.</summary>
    GetResult,

    /// <summary><c>Task.WaitAll(…)</c>.</summary>
    WaitAll,

    /// <summary><c>Task.WaitAny(…)</c>.</summary>
    WaitAny,

    /// <summary>A call that blocks on the task, or the function that makes it, which it is given.</summary>
    Wrapper,
}

/// <summary>An operation that holds its thread until a task ends.</summary>
/// <param name="Operation">The read or the call.</param>
/// <param name="Form">How it blocks.</param>
/// <param name="Task">What it blocks on: the task, the tasks of <c>WaitAll</c> and <c>WaitAny</c>, what a wrapper is given; <see langword="null"/> where the call does not show it.</param>
/// <param name="Inside">For a wrapper of this compilation: the operation in it that blocks.</param>
internal sealed record BlockingCall(IOperation Operation, BlockingForm Form, IOperation? Task, IOperation? Inside = null)
{
    /// <summary>Where a report stands: the member's name.</summary>
    public Location Place => Name?.GetLocation() ?? Operation.Syntax.GetLocation();

    /// <summary>What a report calls it.</summary>
    public string Text => Name?.Identifier.ValueText ?? Operation.Syntax.ToString();

    /// <summary>The places that a reader must see to believe it.</summary>
    public ImmutableArray<Location> Evidence => Inside is null ? [] : [Inside.Syntax.GetLocation()];

    private SimpleNameSyntax? Name => (Operation.Syntax is InvocationExpressionSyntax call ? call.Expression : Operation.Syntax) switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
