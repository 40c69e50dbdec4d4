namespace AsyncGuard.Support;

/// <summary>The vocabulary of tests about supervised work: a supervisor in fake time whose log and alerts are kept.</summary>
public abstract class SupervisedTests : IAsyncLifetime
{
    private readonly List<SupervisorAlert> _alerts = [];
    private Supervisor? _tasks;

    internal StepClock Clock { get; } = new();

    internal LogBook Log { get; } = new();

    internal Supervisor Tasks => _tasks ??= new Supervisor(Options());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Bodies that ignore their tokens are to be released by their tests: fake time ends no grace here.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_tasks is not null)
        {
            await _tasks.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private protected SupervisorOptions Options() => new()
    {
        TimeProvider = Clock,
        LoggerFactory = Log,
        OnAlert = (alert, _) =>
        {
            lock (_alerts)
            {
                _alerts.Add(alert);
            }

            return Task.CompletedTask;
        },
    };

    private protected void Use(SupervisorOptions options) => _tasks = new Supervisor(options);

    /// <summary>Stops the supervisor, since alerts are delivered by work that a stop waits for, and tells the reasons in the order of time.</summary>
    private protected async Task<IEnumerable<string>> ReasonsOfAlertsAsync()
    {
        await Tasks.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return _alerts.OrderBy(alert => alert.At).Select(alert => alert.Reason);
    }
}
