namespace AsyncGuard;

/// <summary>Acts on what the timer of a running attempt finds.</summary>
internal sealed class TaskWatch(TaskCore core)
{
    public void Inspect()
    {
        Attempt? attempt;
        Finding finding;
        int failures;
        lock (core.Gate)
        {
            attempt = core.Attempt;
            finding = attempt?.Look() ?? Finding.Nothing;
            failures = core.Streak.Length;
        }

        if (attempt is not null)
        {
            Act(attempt, finding, failures);
        }
    }

    private void Act(Attempt attempt, Finding finding, int failures)
    {
        switch (finding)
        {
            case Finding.NotReady:
                core.Report.NotReady(failures);
                attempt.Interrupt();
                break;
            case Finding.Hung:
                core.Report.Hung(attempt.Silence, failures);
                attempt.Interrupt();
                break;
            case Finding.Disobedient:
                GoOnWithout(attempt, failures);
                break;
            case Finding.Recovered:
                core.Recover();
                break;
        }
    }

    private void GoOnWithout(Attempt attempt, int failures)
    {
        if (!IsStopping())
        {
            core.Report.Stuck(core.Options.StopTimeout, failures);
            lock (core.Gate)
            {
                if (!attempt.HasEnded)
                {
                    core.Board.Publish(TaskState.Stuck);
                }
            }
        }

        // Asked again: a stop that came while the report was made found nobody to wait for.
        if (IsStopping())
        {
            core.Task.Requests.Abandon();
        }
    }

    private bool IsStopping()
    {
        lock (core.Gate)
        {
            return core.Life.StopRequested;
        }
    }
}
