namespace AsyncGuard;

/// <summary>Guards for awaited code: a failure becomes a value, a wait gets an end. All members are thread-safe.</summary>
/// <remarks>
/// The work begins on the caller's thread and in the caller's context. The caller's own cancellation is always thrown, as an <see cref="OperationCanceledException"/> with the caller's token,
/// also when the work reported it as another exception. Failures are logged as event 1600 by <see cref="Supervisor.Default"/>.
/// A time-out is hard: the work's token is cancelled, the work gets 100 ms more to end in good order, and is then left behind. Objects that only one operation may use at a time, such as a DbContext, must not be used again after that.
/// </remarks>
public static class Guard
{
    /// <summary>Does the work and tells whether it succeeded; a failure is logged instead of thrown.</summary>
    /// <param name="name">What the log calls it; a constant.</param>
    /// <param name="work">The work.</param>
    /// <param name="timeout">How long it may take; longer than zero, at most 49 days. Null: as long as it likes.</param>
    /// <param name="cancellationToken">The caller's token; cancels the work.</param>
    /// <returns>Whether the work succeeded.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The name is empty or the timeout out of range.</exception>
    /// <exception cref="ArgumentNullException">The name or the work is null.</exception>
    public static async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        return await OrDefaultAsync(name, Guarded.Succeeding(Check.Present(work, nameof(work))), fallback: false, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does the work and returns its result; on a failure, which is logged, the fallback.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="name">What the log calls it; a constant.</param>
    /// <param name="work">The work.</param>
    /// <param name="fallback">What is returned when the work fails.</param>
    /// <param name="timeout">How long it may take; longer than zero, at most 49 days. Null: as long as it likes.</param>
    /// <param name="cancellationToken">The caller's token; cancels the work.</param>
    /// <returns>The result, or the fallback.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The name is empty or the timeout out of range.</exception>
    /// <exception cref="ArgumentNullException">The name or the work is null.</exception>
    public static async Task<T> OrDefaultAsync<T>(string name, Func<CancellationToken, Task<T>> work, T fallback, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        Check.Name(name);
        Check.Present(work, nameof(work));
        Check.PositiveDuration(timeout, nameof(timeout));
        try
        {
            return await Guarded.RunAsync(name, timeout, work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Supervisor.Default.Ground.FellBack(name, failure);
            return fallback;
        }
    }

    /// <summary>Does the work within a hard time limit.</summary>
    /// <param name="name">What the exception calls it.</param>
    /// <param name="timeout">How long it may take; longer than zero, at most 49 days.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">The caller's token; cancels the work.</param>
    /// <returns>A task that completes with the work.</returns>
    /// <exception cref="TimeoutException">The work did not end in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The name is empty or the timeout out of range.</exception>
    /// <exception cref="ArgumentNullException">The name or the work is null.</exception>
    public static async Task DeadlineAsync(string name, TimeSpan timeout, Func<CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        await DeadlineAsync(name, timeout, Guarded.Succeeding(Check.Present(work, nameof(work))), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does the work within a hard time limit and returns its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="name">What the exception calls it.</param>
    /// <param name="timeout">How long it may take; longer than zero, at most 49 days.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">The caller's token; cancels the work.</param>
    /// <returns>The result.</returns>
    /// <exception cref="TimeoutException">The work did not end in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="ArgumentException">The name is empty or the timeout out of range.</exception>
    /// <exception cref="ArgumentNullException">The name or the work is null.</exception>
    public static async Task<T> DeadlineAsync<T>(string name, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        Check.Name(name);
        Check.Present(work, nameof(work));
        Check.PositiveDuration(timeout, nameof(timeout));
        return await Guarded.RunAsync(name, timeout, work, cancellationToken).ConfigureAwait(false);
    }
}
