namespace AsyncGuard;

/// <summary>Work with a hard end.</summary>
internal static class Guarded
{
    /// <summary>What work that obeys its token gets to end in good order once its time is over.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    public static Func<CancellationToken, Task<bool>> Succeeding(Func<CancellationToken, Task> work) => async cancellationToken =>
    {
        await work(cancellationToken).ConfigureAwait(false);
        return true;
    };

    /// <summary>The result, the work's own failure, <see cref="TimeoutException"/>, or the caller's cancellation.</summary>
    public static async Task<T> RunAsync<T>(string name, TimeSpan? timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return timeout is { } limit
                ? await RunWithinAsync(name, limit, work, cancellationToken).ConfigureAwait(false)
                : await work(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception thrown) when (cancellationToken.IsCancellationRequested && (thrown as OperationCanceledException)?.CancellationToken != cancellationToken)
        {
            // Some drivers report a cancelled command as a failed one, and ours was given a token of its own.
            throw new OperationCanceledException($"'{name}' was cancelled by its caller.", thrown, cancellationToken);
        }
    }

    private static async Task<T> RunWithinAsync<T>(string name, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var ground = Supervisor.Default.Ground;

        // Disposed only where the work has ended: work that is left behind still holds the token.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(ending.Token);
        if (await running.EndsWithinAsync(timeout, ground.Clock, CancellationToken.None).ConfigureAwait(false))
        {
            ending.Dispose();
            return await running.ConfigureAwait(false);
        }

        Unawaited.Run(Cancellation.CancelAsync(ending, name, ground.Logger));
        if (await running.EndsWithinAsync(Grace, ground.Clock, CancellationToken.None).ConfigureAwait(false) && running.Status == TaskStatus.RanToCompletion)
        {
            return await running.ConfigureAwait(false);
        }

        Unawaited.Observe(running);
        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"'{name}' did not finish within {timeout}.", running.Exception?.InnerException);
    }
}
