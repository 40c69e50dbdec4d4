namespace AsyncGuard;

/// <summary>Owns background work: runs it, restarts it, watches it, drains it. All members are thread-safe.</summary>
/// <remarks>
/// What it started is never lost in silence: failures are logged with their event ids, measured under the meter <c>AsyncGuard</c>, restarted by their policy, and named if a stop has to leave them behind.
/// Names must be constants: they are the attributes of metrics.
/// </remarks>
public sealed class Supervisor : IAsyncDisposable
{
    private readonly Ground _ground;
    private readonly Shutdown _shutdown;

    /// <summary>Creates a supervisor.</summary>
    /// <param name="options">Its settings, read now; null for the defaults.</param>
    public Supervisor(SupervisorOptions? options = null)
    {
        options ??= new SupervisorOptions();
        Name = options.Name;
        _ground = new Ground(options, error => _shutdown!.GiveUp(error));
        _shutdown = new Shutdown(_ground, options.DrainTimeout, options.StopTimeout);
    }

    /// <summary>The supervisor for code that none is injected into. Created at the first use; a host that calls <c>AddAsyncGuard</c> puts its own here.</summary>
    /// <remarks>One that was created here stops when the process exits (SIGTERM and SIGHUP included) and gives fire-and-forget work 5 s to finish. When the one that stands here has stopped, the next use creates another.</remarks>
    /// <exception cref="ArgumentNullException">The value set is null.</exception>
    public static Supervisor Default
    {
        get => DefaultSupervisor.Current;
        set => DefaultSupervisor.Current = Check.Present(value, nameof(Default));
    }

    /// <summary>Its name, for logs.</summary>
    public string Name { get; }

    /// <summary>How much work begun by <c>Run</c> runs now. What still waits is not counted.</summary>
    public int Running => _ground.Runs.Running;

    /// <summary>The tasks that live, and those that failed for good and have not been stopped, in the order of their creation. A snapshot.</summary>
    public IReadOnlyList<SupervisedTask> Tasks => _ground.Registry.Snapshot();

    /// <summary>Completes when the supervisor has stopped. Faults with the task's last failure as soon as one gives up with <see cref="GiveUp.StopAll"/>, while the rest is still being drained.</summary>
    public Task Completion => _shutdown.Completion;

    internal Ground Ground => _ground;

    /// <summary>Completes at the end of a stop.</summary>
    internal Task Stopped => _shutdown.Stopped;

    /// <summary>Runs work once, on the thread pool: tracked, logged, measured, and drained at a stop.</summary>
    /// <remarks>Never blocks, never throws for a failure of the work, and never runs any of it on the caller's thread. The work keeps the caller's asynchronous locals, such as log scopes; its span is a root of its own, linked to the caller's.</remarks>
    /// <param name="name">What logs and metrics call it; a constant.</param>
    /// <param name="work">The work. Its token is cancelled when the <see cref="SupervisorOptions.DrainTimeout"/> of a stop is over.</param>
    /// <returns>Whether the work was accepted. False, with event 1201, when the supervisor is stopping or <see cref="SupervisorOptions.MaxQueued"/> are waiting.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool Run(string name, Func<CancellationToken, Task> work) => Accept(Check.Name(name), Check.Present(work, nameof(work)));

    /// <summary>Like <see cref="Run(string, Func{CancellationToken, Task})"/>, with a service out of a dependency injection scope that lives as long as the work.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="name">What logs and metrics call it; a constant.</param>
    /// <param name="work">The work.</param>
    /// <returns>Whether the work was accepted. False, with event 1201, also when the supervisor has no <see cref="SupervisorOptions.Services"/>.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public bool Run<TService>(string name, Func<TService, CancellationToken, Task> work)
        where TService : notnull
    {
        Check.Present(work, nameof(work));
        return _ground.Services is null ? Reject(Check.Name(name), Refusal.NoServices) : Accept(Check.Name(name), Scoped.Body(_ground.Services, work));
    }

    /// <summary>Runs a body again and again until it is stopped. Each iteration that returns is a success; each that throws is a failure and is followed by the pause of the policy.</summary>
    /// <remarks>
    /// Starts on the thread pool, without the caller's asynchronous locals. An <see cref="OperationCanceledException"/> that this supervisor did not cause is a failure.
    /// An iteration that never awaited anything is followed by 1 ms of rest.
    /// </remarks>
    /// <param name="name">What logs, metrics and health data call it; a constant, unique within the supervisor.</param>
    /// <param name="body">One iteration. Its token is cancelled by a stop, a restart, or when it hangs.</param>
    /// <param name="options">How it is supervised; null for the defaults.</param>
    /// <returns>The handle of the task, which has been started.</returns>
    /// <exception cref="ArgumentException">The name is empty or in use.</exception>
    /// <exception cref="ArgumentNullException">The name or the body is null.</exception>
    /// <exception cref="InvalidOperationException">The supervisor is stopping or has stopped.</exception>
    public SupervisedTask Loop(string name, Func<CancellationToken, Task> body, SupervisionOptions? options = null) =>
        Start(name, new Cadence.Continuous(), body, options);

    /// <summary>Like <see cref="Loop(string, Func{CancellationToken, Task}, SupervisionOptions)"/>, with a service out of a dependency injection scope of each iteration's own.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="name">What logs, metrics and health data call it; a constant, unique within the supervisor.</param>
    /// <param name="body">One iteration.</param>
    /// <param name="options">How it is supervised; null for the defaults.</param>
    /// <returns>The handle of the task, which has been started.</returns>
    /// <exception cref="ArgumentException">The name is empty or in use.</exception>
    /// <exception cref="ArgumentNullException">The name or the body is null.</exception>
    /// <exception cref="InvalidOperationException">The supervisor is stopping, has stopped, or has no <see cref="SupervisorOptions.Services"/>.</exception>
    public SupervisedTask Loop<TService>(string name, Func<TService, CancellationToken, Task> body, SupervisionOptions? options = null)
        where TService : notnull =>
        Start(name, new Cadence.Continuous(), Scoped.Body(_ground.Services, Check.Present(body, nameof(body))), options);

    /// <summary>Runs a body at a fixed rate, the first time at once (see <see cref="SupervisionOptions.InitialDelay"/>). Runs never overlap; the ticks that a long run misses are made up for by one.</summary>
    /// <remarks>A failed run is followed by the pause of the policy, not by the next tick; after that the old rhythm goes on.</remarks>
    /// <param name="name">What logs, metrics and health data call it; a constant, unique within the supervisor.</param>
    /// <param name="period">The time from one start to the next; longer than zero, at most 49 days.</param>
    /// <param name="body">One run. Its token is cancelled by a stop, a restart, or when it hangs.</param>
    /// <param name="options">How it is supervised; null for the defaults.</param>
    /// <returns>The handle of the task, which has been started.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive or longer than 49 days.</exception>
    /// <exception cref="ArgumentException">The name is empty or in use.</exception>
    /// <exception cref="ArgumentNullException">The name or the body is null.</exception>
    /// <exception cref="InvalidOperationException">The supervisor is stopping or has stopped.</exception>
    public SupervisedTask Every(string name, TimeSpan period, Func<CancellationToken, Task> body, SupervisionOptions? options = null) =>
        Start(name, new Cadence.Periodic(Check.PositiveDuration(period, nameof(period)), _ground.Clock), body, options);

    /// <summary>Like <see cref="Every(string, TimeSpan, Func{CancellationToken, Task}, SupervisionOptions)"/>, with a service out of a dependency injection scope of each run's own.</summary>
    /// <typeparam name="TService">The service.</typeparam>
    /// <param name="name">What logs, metrics and health data call it; a constant, unique within the supervisor.</param>
    /// <param name="period">The time from one start to the next; longer than zero, at most 49 days.</param>
    /// <param name="body">One run.</param>
    /// <param name="options">How it is supervised; null for the defaults.</param>
    /// <returns>The handle of the task, which has been started.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive or longer than 49 days.</exception>
    /// <exception cref="ArgumentException">The name is empty or in use.</exception>
    /// <exception cref="ArgumentNullException">The name or the body is null.</exception>
    /// <exception cref="InvalidOperationException">The supervisor is stopping, has stopped, or has no <see cref="SupervisorOptions.Services"/>.</exception>
    public SupervisedTask Every<TService>(string name, TimeSpan period, Func<TService, CancellationToken, Task> body, SupervisionOptions? options = null)
        where TService : notnull =>
        Start(name, new Cadence.Periodic(Check.PositiveDuration(period, nameof(period)), _ground.Clock), Scoped.Body(_ground.Services, Check.Present(body, nameof(body))), options);

    /// <summary>Does one start-up step, trying again until it succeeds or its time is over. The limit holds even against a step that ignores its token; such a step is left behind.</summary>
    /// <param name="name">What logs and metrics call it; a constant.</param>
    /// <param name="step">The step. Its token is cancelled when the time is over, with <paramref name="cancellationToken"/>, and when the supervisor stops.</param>
    /// <param name="options">How it is tried; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    /// <returns>A task that completes when the step is done, or has failed and is not required.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">The name or the step is null.</exception>
    /// <exception cref="StartupTimeoutException">The step is required and was not done in time; its last failure is the inner exception.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled, or the supervisor stopped.</exception>
    public Task StartupAsync(string name, Func<CancellationToken, Task> step, StartupOptions? options = null, CancellationToken cancellationToken = default) =>
        new StartupStep(_ground, Check.Name(name), Check.Present(step, nameof(step)), options ?? new StartupOptions()).RunAsync(_shutdown.Stopping, cancellationToken);

    /// <summary>Stops: accepts nothing more, cancels loops, lets fire-and-forget work finish for <see cref="SupervisorOptions.DrainTimeout"/>, cancels it, waits for <see cref="SupervisorOptions.StopTimeout"/>, and leaves behind, by name (event 1203), what has not ended then. Idempotent.</summary>
    /// <param name="cancellationToken">Hurry: ends the time to drain at once; <see cref="SupervisorOptions.StopTimeout"/> still holds.</param>
    /// <returns>A task that completes after at most DrainTimeout + StopTimeout, whatever user code does. It does not fault.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default) => _shutdown.StopAsync(cancellationToken);

    /// <summary>The same as <see cref="StopAsync"/>; after it work that is refused is no longer counted by the metrics, though still logged.</summary>
    /// <returns>A task that completes when the stop has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _ground.Telemetry.Dispose();
    }

    private SupervisedTask Start(string name, Cadence cadence, Func<CancellationToken, Task> body, SupervisionOptions? options)
    {
        var core = new TaskCore(_ground, Check.Name(name), cadence, options ?? new SupervisionOptions(), Check.Present(body, nameof(body)));
        core.Task.Requests.Begin();
        return core.Task;
    }

    private bool Accept(string name, Func<CancellationToken, Task> work) =>
        _ground.Runs.TryAccept(name, work) is not { } refusal || Reject(name, refusal);

    private bool Reject(string name, Refusal refusal)
    {
        _ground.Logger.RunRejected(name, refusal.Text);
        _ground.Telemetry.Rejected(name, refusal.Reason);
        return false;
    }
}
