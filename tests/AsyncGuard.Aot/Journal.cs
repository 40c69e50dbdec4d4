namespace AsyncGuard.Aot;

internal sealed class Journal
{
    private int _mails;

    public TaskCompletionSource WorkerRestarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Mails => _mails;

    public void Mailed() => Interlocked.Increment(ref _mails);
}
