using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>What does a filter of the author's (<c>ex.IsCatchable()</c>, <c>!IsFatal(ex)</c>) let through?</summary>
internal static class OwnFilters
{
    private const int Deepest = 4;

    // Of a library's filter the name says it.
    private static readonly Regex Hopeless = new("^(Is)?(Fatal|Critical|Corrupt|Uncatchable|Unrecoverable)", RegexOptions.CultureInvariant);

    private static readonly Regex Bearable = new("^(Is)?(Catchable|Non(Fatal|Critical)|Not(Fatal|Critical))", RegexOptions.CultureInvariant);

    /// <summary>Whether every answer of the method but those about cancellation and the end of the process is the same: known where its source is here.</summary>
    /// <param name="call">The call in the filter.</param>
    /// <param name="onlyForCancellation">Whether the method answers <see langword="true"/> only for these; else it answers <see langword="false"/> only for these.</param>
    /// <param name="types">The types of the compilation.</param>
    /// <param name="outer">The filters that ask this one: one that asks itself, about an inner exception, says nothing new.</param>
    public static bool AllAnswer(IInvocationOperation call, bool onlyForCancellation, KnownTypes types, ImmutableArray<IMethodSymbol> outer = default)
    {
        if (call.SemanticModel is not { Compilation: var compilation })
        {
            return false;
        }

        var facts = CompilationFacts.Of(compilation);
        if (facts.Targets.Of(call) is not [var filter])
        {
            return !facts.Targets.IsOfThisCompilation(call.TargetMethod) && (onlyForCancellation ? Hopeless : Bearable).IsMatch(call.TargetMethod.Name);
        }

        var asking = outer.IsDefault ? [] : outer;
        return asking.Contains(filter)
            || (asking.Length < Deepest && facts.Bodies.Of(filter) is { } body && AllReturns(body, onlyForCancellation, types, asking.Add(filter)));
    }

    private static bool AllReturns(IOperation body, bool onlyForCancellation, KnownTypes types, ImmutableArray<IMethodSymbol> asking)
    {
        var found = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is IReturnOperation { ReturnedValue: { } answer } end)
            {
                found = CancellationTests.StandsBehindTest(end, types, asking)
                    || (onlyForCancellation ? CancellationTests.HoldsOnlyForCancellation(answer, types, asking) : CancellationTests.FailsOnlyForCancellation(answer, types, asking));
                if (!found)
                {
                    return false;
                }
            }
        }

        return found;
    }
}
