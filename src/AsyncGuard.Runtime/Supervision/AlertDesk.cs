namespace AsyncGuard;

/// <summary>Hands alerts to the user's callback, each task and reason at most once per interval. Thread-safe.</summary>
internal sealed class AlertDesk(Ground ground, Func<SupervisorAlert, CancellationToken, Task>? callback, TimeSpan interval)
{
    public Line OpenLine(string task) => new(this, task);

    private void Send(SupervisorAlert alert) => ground.Runs.Deliver($"alert for {alert.Task}", cancellationToken => DeliverAsync(alert, cancellationToken));

    private async Task DeliverAsync(SupervisorAlert alert, CancellationToken cancellationToken)
    {
        try
        {
            await callback!(alert, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            ground.Logger.AlertFailed(alert.Task, thrown);
        }
    }

    /// <summary>The alerts of one task. Its lock guards the times; the loop and the timer of a task meet there.</summary>
    internal sealed class Line(AlertDesk desk, string task)
    {
        private readonly Dictionary<string, long> _raisedAt = new(StringComparer.Ordinal);
        private bool _isOpen;

        private TimeProvider Clock => desk.Clock;

        public void Raise(string reason, TaskState state, int failures, Exception? error)
        {
            if (desk.IsDeaf || !MayRaise(reason))
            {
                return;
            }

            desk.Send(new SupervisorAlert(task, state, reason, failures, error, Clock.GetUtcNow()));
        }

        /// <summary>Only a task that was complained about is announced to be well again.</summary>
        public void Recovered(int failures)
        {
            lock (_raisedAt)
            {
                if (!_isOpen)
                {
                    return;
                }

                _isOpen = false;
            }

            desk.Send(new SupervisorAlert(task, TaskState.Running, SupervisorAlert.Recovered, failures, null, Clock.GetUtcNow()));
        }

        private bool MayRaise(string reason)
        {
            lock (_raisedAt)
            {
                _isOpen = true;
                if (_raisedAt.TryGetValue(reason, out var last) && Clock.GetElapsedTime(last) < desk.Interval)
                {
                    return false;
                }

                _raisedAt[reason] = Clock.GetTimestamp();
                return true;
            }
        }
    }

    private bool IsDeaf => callback is null;

    private TimeProvider Clock => ground.Clock;

    private TimeSpan Interval => interval;
}
