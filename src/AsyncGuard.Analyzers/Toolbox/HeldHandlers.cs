namespace AsyncGuard.Toolbox;

/// <summary>How does the code behind a statement find a semaphore?</summary>
internal enum HoldingFlow
{
    /// <summary>Still taken.</summary>
    Held,

    /// <summary>Given back, or sure to be.</summary>
    Released,

    /// <summary>The code behind is not reached.</summary>
    Left,

    /// <summary>More than a reader could tell at a glance.</summary>
    Unknown,
}

/// <summary>What do the handlers of a <c>try</c> do with what is held when it begins?</summary>
/// <param name="AreClear">Whether that can be told.</param>
/// <param name="Release">Whether one of them releases.</param>
/// <param name="LetKeep">Whether a failure of the body goes by, so that it stays taken.</param>
internal readonly record struct HeldHandlers(bool AreClear, bool Release, bool LetKeep)
{
    public static HeldHandlers Of(ITryOperation guard, HoldingFlow body, Func<IOperation, bool> isRelease, KnownTypes types)
    {
        foreach (var clause in guard.Catches)
        {
            if (clause.Handler.HasInFunction(isRelease))
            {
                var isClear = (body is HoldingFlow.Released || Acquisition.Leaves(clause.Handler)) && (guard.Catches.Length == 1 || CatchClauses.CatchAll(guard, types));
                return new(isClear, Release: true, LetKeep: !CatchesAny(guard, types));
            }
        }

        return new(AreClear: true, Release: false, LetKeep: body is HoldingFlow.Released || !CatchClauses.CatchAll(guard, types));
    }

    private static bool CatchesAny(ITryOperation guard, KnownTypes types)
    {
        foreach (var clause in guard.Catches)
        {
            if (CatchClauses.IsForEveryType(clause, types))
            {
                return true;
            }
        }

        return false;
    }
}
