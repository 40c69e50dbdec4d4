#if !NET
namespace AsyncGuard;

/// <summary>Members of newer platforms under their own names, so that one source serves all.</summary>
internal static class Polyfills
{
    extension(Enum)
    {
        public static bool IsDefined<T>(T value)
            where T : struct, Enum => Enum.IsDefined(typeof(T), value);
    }

    extension(Task)
    {
        public static Task Delay(TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken) => clock.Delay(delay, cancellationToken);
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(TaskCompletionSource<bool> source)
    {
        public void TrySetCanceled() => source.TrySetCanceled(CancellationToken.None);
    }
}
#endif
