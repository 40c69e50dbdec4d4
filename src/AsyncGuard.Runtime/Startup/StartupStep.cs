using System.Runtime.ExceptionServices;

namespace AsyncGuard;

/// <summary>One start-up step: attempts, pauses between them, and a hard end.</summary>
internal sealed class StartupStep(Ground ground, string name, Func<CancellationToken, Task> step, StartupOptions options)
{
    private readonly TimeSpan _timeout = options.Timeout;
    private readonly bool _isRequired = options.Required;
    private readonly RestartPolicy _retry = options.Retry;
    private readonly long _startedAt = ground.Clock.GetTimestamp();

    // Written by the attempts, read when the time is over; these may be two threads.
    private volatile Exception? _lastFailure;

    private TimeSpan Elapsed => ground.Clock.GetElapsedTime(_startedAt);

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        // Disposed only where the step has ended: one that is left behind still holds the token.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        var attempts = Task.Run(() => TryUntilDoneAsync(ending.Token), CancellationToken.None);
        var inTime = await attempts.EndsWithinAsync(_timeout, ground.Clock, ending.Token).ConfigureAwait(false);
        var isCancelled = ending.IsCancellationRequested;
        if (inTime)
        {
            ending.Dispose();
        }
        else
        {
            Unawaited.Run(Cancellation.CancelAsync(ending, name, ground.Logger));
        }

        if (isCancelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stopping.ThrowIfCancellationRequested();
        }

        Conclude(inTime ? await attempts.ConfigureAwait(false) : new StartupTimeoutException(name, _timeout, innerException: _lastFailure));
    }

    /// <summary>Null when the step is done, or the failure after which there is no further attempt. Throws nothing.</summary>
    private async Task<Exception?> TryUntilDoneAsync(CancellationToken cancellationToken)
    {
        var streak = new FailureStreak(_retry);
        while (true)
        {
            try
            {
                await step(cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (Exception thrown)
            {
                var failure = thrown;
                var verdict = streak.Add(Fatality.Of(_retry, ref failure), Elapsed);
                _lastFailure = failure;
                if (verdict.IsExhausted || cancellationToken.IsCancellationRequested)
                {
                    return failure;
                }

                ground.Logger.StepRetry(name, verdict.Failures, verdict.Delay, failure);
                if (await cancellationToken.EndsWithinAsync(verdict.Delay, ground.Clock).ConfigureAwait(false))
                {
                    return failure;
                }
            }
        }
    }

    private void Conclude(Exception? failure)
    {
        ground.Telemetry.StepEnded(name, Elapsed, failure);
        if (failure is null)
        {
            ground.Logger.StepDone(name, Elapsed);
        }
        else if (!_isRequired)
        {
            ground.Logger.StepSkipped(name, failure);
        }
        else if (failure is StartupTimeoutException)
        {
            ground.Logger.StepTimeout(name, _timeout, failure);
            throw failure;
        }
        else
        {
            ground.Logger.StepFailed(name, failure);
            ExceptionDispatchInfo.Capture(failure).Throw();
        }
    }
}
