namespace AsyncGuard;

/// <summary>What the watch over a run has found.</summary>
internal enum Finding
{
    Nothing,
    NotReady,
    Hung,
    Recovered,
    Disobedient,
}
