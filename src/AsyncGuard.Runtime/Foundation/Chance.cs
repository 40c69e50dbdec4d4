namespace AsyncGuard;

/// <summary>Random numbers for spreading load; not for secrets.</summary>
internal static class Chance
{
#if NET
    public static double NextDouble() => Random.Shared.NextDouble();
#else
    // One generator a thread, each with a seed of its own: equal seeds would bring back the herd.
    private static readonly ThreadLocal<Random> Generator = new(static () => new Random(Guid.NewGuid().GetHashCode()));

    public static double NextDouble() => Generator.Value.NextDouble();
#endif
}
