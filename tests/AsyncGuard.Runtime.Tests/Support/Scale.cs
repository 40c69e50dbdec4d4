namespace AsyncGuard.Support;

/// <summary>How much of a big count a test does: a part of it in every run, all of it where ASYNCGUARD_FULL=1.</summary>
internal static class Scale
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ASYNCGUARD_FULL") == "1";

    public static int Of(int usual, int full) => IsFull ? full : usual;
}
