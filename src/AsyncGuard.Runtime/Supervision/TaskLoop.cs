namespace AsyncGuard;

/// <summary>The one loop behind a supervised task: begin, run, settle, pause, again; until it is stopped, is done or gives up.</summary>
/// <remarks>
/// <c>_gate</c> guards every field that is neither readonly nor touched by <c>Volatile</c>. At it meet the loop itself (on the thread pool), the timer of the running attempt,
/// and callers of the public members. No user code (bodies, loggers, alert callbacks, continuations) runs under it. It may be held while the registry's lock is taken, never the other way round.
/// </remarks>
internal sealed class TaskLoop
{
    private readonly object _gate = new();
    private readonly Ground _ground;
    private readonly SupervisionOptions _options;
    private readonly Cadence _cadence;
    private readonly Func<CancellationToken, Task> _body;
    private readonly FailureStreak _streak;
    private readonly StateBoard _board;
    private readonly Tally _tally;
    private readonly TaskReport _report;
    private readonly long _createdAt;
    private Life _life = new();
    private Attempt? _attempt;
    private TaskCompletionSource<bool>? _pause;
    private string? _restartReason;
    private bool _restartWanted;
    private long _progressAt;

    public TaskLoop(Ground ground, string name, Cadence cadence, SupervisionOptions options, Func<CancellationToken, Task> body)
    {
        (_ground, Name, _cadence, _options, _body) = (ground, name, cadence, options.Snapshot(), body);
        _streak = new FailureStreak(_options.Restart);
        _board = new StateBoard(_gate, name, _options.InitialDelay > TimeSpan.Zero ? TaskState.Waiting : TaskState.Starting);
        _tally = new Tally(ground.Clock);
        _report = new TaskReport(ground, name);
        _createdAt = ground.Clock.GetTimestamp();
        Handle = new SupervisedTask(this);
    }

    public SupervisedTask Handle { get; }

    public string Name { get; }

    public string Kind => _cadence.Kind;

    public TaskState State => _board.State;

    public Task Ready => Volatile.Read(ref _life).Ready;

    public Task Completion => Volatile.Read(ref _life).Completion;

    public Task Released => Volatile.Read(ref _life).Released;

    public TimeSpan Silence => _ground.Clock.GetElapsedTime(Volatile.Read(ref _progressAt));

    /// <summary>Begins on the thread pool and without the caller's context: no log scope or request state leaks into a loop that outlives it.</summary>
    public void Launch() => ThreadPool.UnsafeQueueUserWorkItem(static loop => Unawaited.Run(((TaskLoop)loop!).SuperviseAsync()), this);

    public TaskStats Snapshot()
    {
        lock (_gate)
        {
            return _tally.Snapshot(_streak, Silence);
        }
    }

    public void Beat() => Volatile.Write(ref _progressAt, _ground.Clock.GetTimestamp());

    public void MarkReady()
    {
        lock (_gate)
        {
            if (_attempt is { HasEnded: false } attempt && attempt.MarkReady())
            {
                _life.MarkReady();
                _board.Publish(TaskState.Running);
            }
        }
    }

    public Task WhenAsync(TaskState state, CancellationToken cancellationToken) => _board.WhenAsync(state, cancellationToken);

    public void CancelInBackground(CancellationTokenSource source) => Unawaited.Run(Cancellation.CancelAsync(source, Name, _ground.Logger));

    private async Task SuperviseAsync()
    {
        SupervisedTask.Current = Handle;
        await PauseAsync(_options.InitialDelay, TaskState.Waiting).ConfigureAwait(false);
        while (Begin() is { } attempt)
        {
            var next = await RunAsync(attempt).ConfigureAwait(false);
            if (StateBoard.IsFinal(next.State))
            {
                End(next.State, next.Error);
                return;
            }

            await PauseAsync(next.Pause, next.State).ConfigureAwait(false);
        }

        End(TaskState.Stopped, null);
    }

    private Attempt? Begin()
    {
        bool isFirst;
        string? reason;
        lock (_gate)
        {
            if (_life.StopRequested)
            {
                return null;
            }

            (isFirst, reason) = (!_life.HasStarted, _restartWanted ? "manual" : _restartReason);
        }

        _report.Starting(isFirst, reason);
        lock (_gate)
        {
            return _life.StopRequested ? null : BeginAttempt(reason is not null);
        }
    }

    private Attempt BeginAttempt(bool isRestart)
    {
        if (_restartWanted)
        {
            _restartWanted = false;
            _streak.Clear();
        }

        _restartReason = null;
        Beat();
        _tally.Started(isRestart);
        _cadence.Started();
        _attempt = new Attempt(this, _options, _ground.Clock, mustRecover: _streak.Length > 0);
        _life.Start(Name, _options.ReadyTimeout, _ground.Clock);
        _board.Publish(_options.ReadyTimeout is null ? TaskState.Running : TaskState.Starting);
        return _attempt;
    }

    private async Task<Next> RunAsync(Attempt attempt)
    {
        Exception? error = null;
        var endedSynchronously = false;
        using var run = _ground.Telemetry.Begin(Name, Kind);
        try
        {
            var work = _body(attempt.Token) ?? throw new InvalidOperationException($"The body of '{Name}' returned no task.");
            endedSynchronously = work.IsCompleted;
            await work.ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        lock (_gate)
        {
            attempt.End();
        }

        var failure = FailureOf(attempt, error);
        run.End(failure);
        return Settle(attempt, error, failure, endedSynchronously);
    }

    /// <summary>A cancellation that nobody here asked for, such as the timeout of an HttpClient, is a failure like any other.</summary>
    private Exception? FailureOf(Attempt attempt, Exception? error) => attempt.Cause switch
    {
        Cause.Stop or Cause.Restart => null,
        Cause.Hung => new HungTaskException(Name, attempt.Silence, error is OperationCanceledException ? null : error),
        Cause.NotReady => new StartupTimeoutException(Name, _options.ReadyTimeout.GetValueOrDefault(), innerException: error is OperationCanceledException ? null : error),
        _ => error,
    };

    private Next Settle(Attempt attempt, Exception? error, Exception? failure, bool endedSynchronously)
    {
        bool stop;
        bool restart;
        lock (_gate)
        {
            (stop, restart) = (_life.StopRequested, _restartWanted);
        }

        if (stop || restart)
        {
            _report.EndedOnRequest(error);
            return stop ? Next.End(TaskState.Stopped) : Next.At(TimeSpan.Zero, TaskState.Running);
        }

        return failure is null ? Succeed(endedSynchronously) : Fail(attempt, failure);
    }

    private Next Succeed(bool endedSynchronously)
    {
        lock (_gate)
        {
            _tally.Succeeded();
        }

        Recover();
        return _options.Restart.RestartWhenDone ? Next.At(_cadence.Pause(endedSynchronously), _cadence.Between) : Next.End(TaskState.Completed);
    }

    private Next Fail(Attempt attempt, Exception failure)
    {
        var policy = _options.Restart;
        var isFatal = Fatality.Of(policy, ref failure);
        FailureStreak.Verdict verdict;
        lock (_gate)
        {
            _tally.Failed(failure);
            verdict = _streak.Add(isFatal, _ground.Clock.GetElapsedTime(_createdAt));
            _restartReason = TaskReport.RestartReason(attempt.Cause, failure);
        }

        var givesUp = verdict.IsExhausted && policy.WhenExhausted != GiveUp.KeepTrying;
        if (!givesUp)
        {
            _report.Failed(failure, verdict);
        }

        if (verdict.BecameExhausted)
        {
            _report.Exhausted(failure, verdict, policy.WhenExhausted);
        }

        return givesUp ? Next.End(TaskState.Failed, failure) : Next.At(verdict.Delay, TaskState.BackingOff);
    }

    private async Task PauseAsync(TimeSpan pause, TaskState state)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // The timer comes first: whoever sees the state may move a fake clock at once.
        using var timer = _ground.Clock.CreateTimer(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), over, pause, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_life.StopRequested || _restartWanted)
            {
                return;
            }

            _pause = over;
            _tally.Pausing(pause);
            _board.Publish(state);
        }

        await over.Task.ConfigureAwait(false);
        lock (_gate)
        {
            _pause = null;
            _tally.PauseEnded();
        }
    }

    private void End(TaskState state, Exception? error)
    {
        _report.Ended(state);
        if (state != TaskState.Failed)
        {
            _ground.Registry.Remove(this);
        }

        lock (_gate)
        {
            _attempt = null;
            _board.Publish(state);
            _life.End(state, error);
        }

        if (error is not null && _options.Restart.WhenExhausted == GiveUp.StopAll)
        {
            _ground.GiveUp(error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        RequestStop();
        return Released.WaitAsync(Timeout.InfiniteTimeSpan, _ground.Clock, cancellationToken);
    }

    /// <summary>Asks the task to stop; <see cref="Released"/> tells when that is over.</summary>
    public void RequestStop()
    {
        bool isStuck;
        lock (_gate)
        {
            if (_life.HasEnded)
            {
                Dismiss();
                return;
            }

            if (_life.StopRequested)
            {
                return;
            }

            _life.StopRequested = true;
            _pause?.TrySetResult(true);
            isStuck = _attempt is { HasEnded: false, IsDisobedient: true };
            if (!isStuck)
            {
                _board.Publish(TaskState.Stopping);
                _attempt?.Cancel(Cause.Stop);
            }
        }

        if (isStuck)
        {
            Abandon();
        }
    }

    /// <summary>A failed task keeps its name and its place in the health report until somebody stops it.</summary>
    private void Dismiss()
    {
        if (_board.State == TaskState.Failed)
        {
            _ground.Registry.Remove(this);
            _board.Publish(TaskState.Stopped);
        }
    }

    /// <summary>Leaves the running body behind, by name.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            if (_life.HasEnded || _life.IsAbandoned)
            {
                return;
            }
        }

        _report.Abandoned(Snapshot().ConsecutiveFailures);
        lock (_gate)
        {
            if (!_life.HasEnded)
            {
                _board.Publish(TaskState.Stuck);
                _life.Abandon();
            }
        }
    }

    public void Restart()
    {
        lock (_gate)
        {
            if (_life.HasEnded)
            {
                BeginAnew();
            }
            else if (!_life.StopRequested)
            {
                _restartWanted = true;
                _pause?.TrySetResult(true);
                _attempt?.Cancel(Cause.Restart);
            }
        }
    }

    private void BeginAnew()
    {
        if (_ground.Registry.Readmit(this))
        {
            _restartWanted = true;
            _life = new Life();
            _board.Publish(TaskState.Starting);
            Launch();
        }
    }

    /// <summary>The timer of the running attempt is due.</summary>
    public void Inspect()
    {
        Attempt? attempt;
        Finding finding;
        int failures;
        lock (_gate)
        {
            attempt = _attempt;
            finding = attempt?.Look() ?? Finding.Nothing;
            failures = _streak.Length;
        }

        switch (finding)
        {
            case Finding.NotReady:
                _report.NotReady(failures);
                attempt!.Interrupt();
                break;
            case Finding.Hung:
                _report.Hung(attempt!.Silence, failures);
                attempt.Interrupt();
                break;
            case Finding.Disobedient:
                GoOnWithout(attempt!, failures);
                break;
            case Finding.Recovered:
                Recover();
                break;
        }
    }

    private void GoOnWithout(Attempt attempt, int failures)
    {
        bool stopping;
        lock (_gate)
        {
            stopping = _life.StopRequested;
        }

        if (stopping)
        {
            Abandon();
            return;
        }

        _report.Stuck(_options.StopTimeout, failures);
        lock (_gate)
        {
            if (!attempt.HasEnded)
            {
                _board.Publish(TaskState.Stuck);
                stopping = _life.StopRequested;
            }
        }

        if (stopping)
        {
            Abandon();
        }
    }

    private void Recover()
    {
        int failures;
        lock (_gate)
        {
            failures = _streak.Clear();
        }

        if (failures > 0)
        {
            _report.Recovered(failures);
        }
    }
}
