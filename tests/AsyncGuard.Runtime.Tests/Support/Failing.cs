namespace AsyncGuard.Support;

/// <summary>The ways in which work fails by itself.</summary>
public enum Failing
{
    AtOnce,
    Later,
    ByForeignCancellation,
    ByReturningNoTask,
}

internal static class FailingExtensions
{
    public static Func<CancellationToken, Task> Body(this Failing way) => way switch
    {
        Failing.AtOnce => _ => throw new InvalidOperationException("connection refused"),
        Failing.Later => _ => FailLaterAsync(),
        Failing.ByForeignCancellation => _ => throw new TaskCanceledException("HttpClient.Timeout"),
        _ => _ => null!,
    };

    private static async Task FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("connection refused");
    }
}
