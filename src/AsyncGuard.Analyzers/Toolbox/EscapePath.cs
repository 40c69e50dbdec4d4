namespace AsyncGuard.Toolbox;

/// <summary>Which way does an error take to where it escapes? Call by call, through the delegates that are passed along.</summary>
internal readonly struct EscapePath(CompilationFacts facts, EscapeSearch search, EscapeSearch outside)
{
    private const int Longest = 16;

    public ImmutableArray<Location> Of(Escape escape)
    {
        var path = ImmutableArray.CreateBuilder<Location>();
        var calls = new List<IOperation>();
        for (var step = escape; step is not null && path.Count < Longest; step = Next(step, calls))
        {
            if (step.At is not (null or IParameterReferenceOperation))
            {
                var location = step.At.Syntax.GetLocation();
                if (path.Contains(location))
                {
                    break; // a function that calls itself
                }

                path.Add(location);
                calls.Add(step.At);
            }
        }

        return path.ToImmutable();
    }

    // A parameter's delegate is known where the way has come by the call that passes it.
    private Escape? Next(Escape step, List<IOperation> calls)
    {
        if (step.At is IParameterReferenceOperation { Parameter: var parameter })
        {
            for (var i = calls.Count - 1; i >= 0; i--)
            {
                if (Passes(calls[i], parameter) && HeldDelegates.Argument(calls[i], parameter) is { } argument)
                {
                    calls.RemoveRange(i, calls.Count - i); // what is passed was written before that call
                    return new HeldDelegates(facts, outside).Of(argument) ?? new HeldDelegates(facts, search).Of(argument);
                }
            }
        }

        return step.Cause;
    }

    private static bool Passes(IOperation call, IParameterSymbol parameter)
    {
        var method = call is IInvocationOperation invocation ? invocation.TargetMethod : (call as IObjectCreationOperation)?.Constructor;
        return SymbolEqualityComparer.Default.Equals(method?.OriginalDefinition, parameter.ContainingSymbol.OriginalDefinition);
    }
}
