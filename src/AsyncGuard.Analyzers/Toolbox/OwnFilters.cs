namespace AsyncGuard.Toolbox;

/// <summary>What does a filter of the author's (<c>ex.IsCatchable()</c>, <c>!IsFatal(ex)</c>) let through?</summary>
internal static class OwnFilters
{
    /// <summary>Whether every answer of the method but those about cancellation and the end of the process is the same.</summary>
    /// <param name="call">The call in the filter.</param>
    /// <param name="onlyForCancellation">Whether the method answers <see langword="true"/> only for these; else it answers <see langword="false"/> only for these.</param>
    /// <param name="types">The types of the compilation.</param>
    public static bool AllAnswer(IInvocationOperation call, bool onlyForCancellation, KnownTypes types) =>
        BodyOf(call) is { } body && CallsNoChain(body) && AllReturns(body, onlyForCancellation, types);

    private static IOperation? BodyOf(IInvocationOperation call) =>
        call is { TargetMethod.ReturnType.SpecialType: SpecialType.System_Boolean, SemanticModel.Compilation: { } compilation }
        && CompilationFacts.Of(compilation) is var facts
        && facts.Targets.Of(call) is [var filter]
            ? facts.Bodies.Of(filter)
            : null;

    // A filter may ask one other that asks none: enough for IsCatchable(e) => !IsFatal(e), and no filter asks itself.
    private static bool CallsNoChain(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && BodyOf(call) is { } inner && CallsFilter(inner))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CallsFilter(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && BodyOf(call) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllReturns(IOperation body, bool onlyForCancellation, KnownTypes types)
    {
        var found = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is IReturnOperation { ReturnedValue: { } answer } end)
            {
                found = CancellationTests.StandsBehindTest(end, types)
                    || (onlyForCancellation ? CancellationTests.HoldsOnlyForCancellation(answer, types) : CancellationTests.FailsOnlyForCancellation(answer, types));
                if (!found)
                {
                    return false;
                }
            }
        }

        return found;
    }
}
