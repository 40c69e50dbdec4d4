namespace AsyncGuard;

/// <summary>The supervisor behind <see cref="Supervisor.Default"/>. Its lock guards the field; any thread meets any other there.</summary>
internal static class DefaultSupervisor
{
    private static readonly object Lock = new();
    private static Supervisor? Installed;

    public static Supervisor Current
    {
        get
        {
            // A stopped one would refuse everything for ever, as after the first of two hosts in one process.
            if (Volatile.Read(ref Installed) is { Stopped.IsCompleted: false } current)
            {
                return current;
            }

            lock (Lock)
            {
                return Installed is { Stopped.IsCompleted: false } ? Installed : Installed = Create();
            }
        }

        set
        {
            lock (Lock)
            {
                Volatile.Write(ref Installed, value);
            }
        }
    }

    private static Supervisor Create()
    {
        var created = new Supervisor(new SupervisorOptions { DrainTimeout = TimeSpan.FromSeconds(5), StopTimeout = TimeSpan.FromSeconds(1) });
        var hook = new ExitHook(created);
        created.Stopped.ContinueWith(_ => hook.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return created;
    }
}
