namespace AsyncGuard;

/// <summary>Decides what a run that has ended means, and what follows it.</summary>
internal sealed class TaskJudge(TaskCore core)
{
    private readonly long _createdAt = core.Ground.Clock.GetTimestamp();

    /// <summary>A cancellation that nobody here asked for, such as the timeout of an HttpClient, is a failure like any other.</summary>
    public Exception? FailureOf(Attempt attempt, Exception? error) => attempt.Cause switch
    {
        Cause.Stop or Cause.Restart => null,
        Cause.Hung => new HungTaskException(core.Name, attempt.Silence, OtherThanCancellation(error)),
        Cause.NotReady => new StartupTimeoutException(core.Name, core.Options.ReadyTimeout.GetValueOrDefault(), innerException: OtherThanCancellation(error)),
        _ => error,
    };

    public Next Judge(Attempt attempt, Exception? error, Exception? failure, bool endedSynchronously)
    {
        bool stop;
        bool restart;
        lock (core.Gate)
        {
            (stop, restart) = (core.Life.StopRequested, core.RestartWanted);
        }

        if (stop || restart)
        {
            core.Report.EndedOnRequest(OtherThanCancellation(error));
            return stop ? Next.End(TaskState.Stopped) : Next.At(TimeSpan.Zero, TaskState.Running);
        }

        return failure is null ? Succeed(endedSynchronously) : Fail(attempt, failure);
    }

    private static Exception? OtherThanCancellation(Exception? error) => error is OperationCanceledException ? null : error;

    private Next Succeed(bool endedSynchronously)
    {
        lock (core.Gate)
        {
            core.Tally.Succeeded();
        }

        core.Recover();
        return core.Options.Restart.RestartWhenDone ? Next.At(core.Cadence.Pause(endedSynchronously), core.Cadence.Between) : Next.End(TaskState.Completed);
    }

    private Next Fail(Attempt attempt, Exception failure)
    {
        var policy = core.Options.Restart;
        var isFatal = Fatality.Of(policy, ref failure);
        FailureStreak.Verdict verdict;
        lock (core.Gate)
        {
            core.Tally.Failed(failure);
            verdict = core.Streak.Add(isFatal, core.Ground.Clock.GetElapsedTime(_createdAt));
            core.RestartReason = ReasonOf(attempt.Cause, failure);
        }

        var givesUp = verdict.IsExhausted && policy.WhenExhausted != GiveUp.KeepTrying;
        if (!givesUp)
        {
            core.Report.Failed(failure, verdict);
        }

        if (verdict.BecameExhausted)
        {
            core.Report.Exhausted(failure, verdict, policy.WhenExhausted);
        }

        return givesUp ? Next.End(TaskState.Failed, failure) : Next.At(verdict.Delay, TaskState.BackingOff);
    }

    private static string ReasonOf(Cause cause, Exception failure) => (cause, failure) switch
    {
        (Cause.Hung, _) => "hung",
        (Cause.NotReady, _) => "not_ready",
        (_, UnexpectedReturnException) => "returned",
        _ => "fault",
    };
}
