using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>Cancels without running the callbacks of user code on the caller's thread.</summary>
internal static class Cancellation
{
    public static async Task CancelAsync(CancellationTokenSource source, string name, ILogger logger)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException thrown)
        {
            logger.CancellationCallbackFailed(name, thrown);
        }
    }
}
