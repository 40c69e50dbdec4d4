#if NET
using System.Runtime.InteropServices;
#endif

namespace AsyncGuard;

/// <summary>Drains a supervisor that no host owns before the process ends. Blocks the thread of the runtime that announces the end, for as long as a stop takes at most: here alone that is right, since the process ends when it returns.</summary>
internal sealed class ExitHook : IDisposable
{
    private readonly Supervisor _supervisor;
#if NET
    // From .NET 10 on the runtime does not turn these signals into ProcessExit any more.
    private readonly List<PosixSignalRegistration> _signals = [];
#endif

    public ExitHook(Supervisor supervisor)
    {
        _supervisor = supervisor;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
#if NET
        if (!OperatingSystem.IsAndroid() && !OperatingSystem.IsBrowser() && !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS())
        {
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Drain()));
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Drain()));
        }
#endif
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
#if NET
        _signals.ForEach(static signal => signal.Dispose());
#endif
    }

    private void OnExit(object? sender, EventArgs e) => Drain();

    private void Drain() => _supervisor.StopAsync().GetAwaiter().GetResult();
}
