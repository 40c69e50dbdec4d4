namespace AsyncGuard;

/// <summary>Waiting with an end.</summary>
internal static class Deadlines
{
    /// <summary>Whether the task ends in time; <paramref name="hurry"/> ends the time at once. Says nothing about how it ends.</summary>
    public static async Task<bool> EndsWithinAsync(this Task task, TimeSpan timeout, TimeProvider clock, CancellationToken hurry)
    {
        if (task.IsCompleted)
        {
            return true;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        await Task.WhenAny(task, Task.Delay(timeout, clock, over.Token)).ConfigureAwait(false);
        over.Cancel();
        return task.IsCompleted;
    }

    /// <summary>Whether the token is cancelled before the pause is over.</summary>
    public static async Task<bool> EndsWithinAsync(this CancellationToken cancellationToken, TimeSpan pause, TimeProvider clock)
    {
        // WhenAny, since awaiting the delay itself would throw.
        await Task.WhenAny(Task.Delay(pause, clock, cancellationToken)).ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested;
    }
}
