namespace AsyncGuard;

/// <summary>Why work was not accepted.</summary>
/// <param name="Reason">What metrics call it.</param>
/// <param name="Text">What the log says.</param>
internal sealed record Refusal(string Reason, string Text)
{
    public static Refusal Stopping { get; } = new("stopping", "the supervisor is stopping");

    public static Refusal NoServices { get; } = new("no_services", Scoped.NoServices);

    public static Refusal Full(int maxRunning, int maxQueued) => new("full", $"{maxRunning} run and {maxQueued} wait already");
}
