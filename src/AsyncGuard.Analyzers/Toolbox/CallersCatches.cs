namespace AsyncGuard.Toolbox;

/// <summary>Does every caller of a function wait for it inside a catch of everything, and of what kind?</summary>
internal readonly struct CallersCatches(CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>Whether all are such; not where the function is not called at all, or also given to somebody.</summary>
    /// <param name="function">A method or local function; calls through its contract count.</param>
    /// <param name="isSuch">The question, of the clause and the member that it stands in.</param>
    public bool AreAll(IMethodSymbol function, Func<ICatchClauseOperation, ISymbol?, bool> isSuch)
    {
        var uses = facts.References.Of(function, cancel);
        foreach (var use in uses)
        {
            if (use is not IInvocationOperation call || !Starters.IsWaitedFor(Starters.ValueOf(call)) || CatchClauses.CatchAllAround(use, facts.Types) is not { } clause
                || !isSuch(clause, RunningFunction.MemberAt(use, facts.Bodies, cancel)))
            {
                return false;
            }
        }

        return !uses.IsEmpty;
    }
}
