using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>What all work of one supervisor stands on. Immutable; its parts are thread-safe.</summary>
internal sealed class Ground
{
    private const string Category = "AsyncGuard.Supervisor";

    public Ground(SupervisorOptions options, Action<Exception> giveUp)
    {
        Clock = options.TimeProvider;
        Services = options.Services;
        Logger = new ShieldedLogger((options.LoggerFactory ?? StandardErrorLoggerFactory.Instance).CreateLogger(Category), Category);
        Registry = new TaskRegistry();
        Telemetry = new Telemetry(options.Services, Clock, Registry);
        Runs = new RunPool(this, options.MaxRunning, options.MaxQueued);
        Alerts = new AlertDesk(this, options.OnAlert, options.AlertInterval);
        GiveUp = giveUp;
    }

    public TimeProvider Clock { get; }

    public IServiceProvider? Services { get; }

    public ILogger Logger { get; }

    public TaskRegistry Registry { get; }

    public Telemetry Telemetry { get; }

    public RunPool Runs { get; }

    public AlertDesk Alerts { get; }

    /// <summary>A task gave up with <see cref="AsyncGuard.GiveUp.StopAll"/>.</summary>
    public Action<Exception> GiveUp { get; }

    /// <summary>A guard returned its fallback.</summary>
    public void FellBack(string operation, Exception failure)
    {
        Logger.Fallback(operation, failure);
        Telemetry.FellBack(operation, failure);
    }
}
