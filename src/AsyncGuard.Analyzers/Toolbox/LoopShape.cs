namespace AsyncGuard.Toolbox;

/// <summary>What a long-running loop runs on.</summary>
internal enum LoopShape
{
    /// <summary>It comes to an end by itself.</summary>
    Bounded,

    /// <summary>Nothing in its head ends it: <c>while (true)</c>, <c>for (;;)</c>.</summary>
    Endless,

    /// <summary>A cancellation token or a flag that others set ends it.</summary>
    UntilStopped,

    /// <summary>Each tick of a <c>PeriodicTimer</c> starts an iteration.</summary>
    Ticks,

    /// <summary>Each batch that a channel or another queue announces starts an iteration.</summary>
    Batches,

    /// <summary>Each item of an endless source starts an iteration.</summary>
    Items,
}
