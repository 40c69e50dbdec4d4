namespace AsyncGuard;

/// <summary>The handle of one supervised loop or periodic task. All members are thread-safe and none of them runs user code on the caller's thread.</summary>
public sealed class SupervisedTask
{
    private static readonly AsyncLocal<SupervisedTask?> Ambient = new();
    private readonly TaskCore _core;

    internal SupervisedTask(TaskCore core) => (_core, Requests) = (core, new TaskRequests(core));

    /// <summary>The task whose body is running; null outside of one. Follows the body's asynchronous flow.</summary>
    public static SupervisedTask? Current
    {
        get => Ambient.Value;
        internal set => Ambient.Value = value;
    }

    /// <summary>The name it was given; unique within its supervisor while the task lives.</summary>
    public string Name => _core.Name;

    /// <summary>What it is: <c>loop</c> or <c>periodic</c>.</summary>
    public string Kind => _core.Cadence.Kind;

    /// <summary>What it is doing at this moment.</summary>
    public TaskState State => _core.Board.State;

    /// <summary>A snapshot of what it has done so far.</summary>
    public TaskStats Stats => _core.Snapshot();

    /// <summary>Completes at the first start, or, where <see cref="SupervisionOptions.ReadyTimeout"/> is set, at the first <see cref="MarkReady"/>.</summary>
    /// <remarks>Never hangs: it faults with <see cref="StartupTimeoutException"/> when that time is over, faults with the last failure when the task gives up before, and is cancelled when the task is stopped before.</remarks>
    public Task Ready => _core.Life.Ready;

    /// <summary>Completes when the task will not run again: successfully when it was stopped or is done, faulted with its last failure when it gave up.</summary>
    /// <remarks><see cref="Restart"/> after that begins a new life, with a new task here and in <see cref="Ready"/>. A fault nobody awaits is not reported as unobserved: it was logged as event 1103.</remarks>
    public Task Completion => _core.Life.Completion;

    internal TaskRequests Requests { get; }

    /// <summary>Completes when a stop need not wait for the task any more.</summary>
    internal Task Released => _core.Life.Released;

    /// <summary>Time since the task last showed life.</summary>
    internal TimeSpan Silence => _core.Silence;

    /// <summary>Says "I am alive": postpones <see cref="SupervisionOptions.HangTimeout"/>. One clock read and one volatile write, no allocation.</summary>
    public void Beat() => _core.Beat();

    /// <summary>Says "I am ready", as a body with <see cref="SupervisionOptions.ReadyTimeout"/> must. Without effect when the task is ready or not running.</summary>
    public void MarkReady() => Requests.MarkReady();

    /// <summary>Starts the task again at once, from any state, and clears its count of failures. A run in progress is cancelled first and is not a failure; there are never two at once.</summary>
    /// <remarks>Without effect while the task is being stopped and once the supervisor stops.</remarks>
    /// <exception cref="ArgumentException">The task had ended and its name is in use by another one.</exception>
    public void Restart() => Requests.Restart();

    /// <summary>Stops the task: cancels its run and waits until it has ended, at most for <see cref="SupervisionOptions.StopTimeout"/>. Idempotent.</summary>
    /// <remarks>A run that ignores its cancellation is left behind: event 1203, state <see cref="TaskState.Stuck"/>, and its name stays taken until it ends, so that no second copy can be started.</remarks>
    /// <param name="cancellationToken">Ends the waiting, not the stop.</param>
    /// <returns>A task that completes when the run has ended or was abandoned.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled first.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        Requests.Stop();
        return Released.WaitAsync(Timeout.InfiniteTimeSpan, _core.Ground.Clock, cancellationToken);
    }

    /// <summary>Waits until the task is in a state. Completes at once when it is there already.</summary>
    /// <param name="state">The state to wait for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that completes when the state is reached. It faults with <see cref="InvalidOperationException"/> when the task ends in another state instead, so that nobody waits for ever.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled first.</exception>
    public Task WhenAsync(TaskState state, CancellationToken cancellationToken = default) => _core.Board.WhenAsync(state, cancellationToken);
}
