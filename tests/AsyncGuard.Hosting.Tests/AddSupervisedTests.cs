using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

public sealed class AddSupervisedTests : HostedTests
{
    private readonly Journal _journal = new();

    [Fact]
    public async Task Starts_a_fresh_instance_after_a_failure_and_after_a_return_that_nobody_asked_for()
    {
        _journal.Body = new Script(Script.Throws("no database"), Script.Succeeds, Script.Waits);
        await StartAsync(services => services.AddSingleton(_journal).AddSupervised<Worker>(options => options.Restart = RestartPolicy.Constant(TimeSpan.FromSeconds(3))));
        var task = Assert.Single(Tasks.Tasks);

        for (var run = 1; run <= 2; run++)
        {
            await _journal.Body.BegunAsync(run);
            await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
            Clock.Step();
        }

        await _journal.Body.BegunAsync(3);

        Assert.Equal(("Worker", 3, 2, 1), (task.Name, _journal.Created, _journal.Disposed, _journal.Body.MostAtOnce));
        Assert.Contains("no database", Assert.Single(Log.Of(1101)).Message, StringComparison.Ordinal);
        Assert.Equal((LogLevel.Warning, "Worker returned although nobody asked it to stop; it will be started again in 00:00:03"), Assert.Single(Log.Of(1107)) is var entry ? (entry.Level, entry.Message) : default);
    }

    [Fact]
    public async Task Stops_the_service_as_the_host_would()
    {
        _journal.Body = new Script(Script.Waits);
        await StartAsync(services => services.AddSingleton(_journal).AddSupervised<Worker>());
        await _journal.Body.BegunAsync(1);

        await StopAsync();

        Assert.Equal((1, 1), (_journal.Stopped, _journal.Disposed));
        Assert.Empty(Log.Of(1101));
    }

    [Fact]
    public async Task Accepts_a_normal_end_where_the_policy_does()
    {
        _journal.Body = new Script(Script.Succeeds);
        await StartAsync(services => services.AddSingleton(_journal).AddSupervised<Worker>(options => options.Restart = RestartPolicy.Default with { RestartWhenDone = false }));
        await Log.WhenAsync(1100);

        await StopAsync();

        Assert.Empty(Log.Of(1107));
        Assert.Equal(1, _journal.Body.Runs);
    }

    [Fact]
    public async Task Lets_the_service_beat()
    {
        _journal.Body = new Script(cancellationToken =>
        {
            SupervisedTask.Current!.Beat();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        });
        await StartAsync(services => services.AddSingleton(_journal).AddSupervised<Worker>(options => options.HangTimeout = TimeSpan.FromSeconds(30)));
        await _journal.Body.BegunAsync(1);
        var task = Assert.Single(Tasks.Tasks);

        Clock.Advance(TimeSpan.FromSeconds(30));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.IsType<HungTaskException>(task.Stats.LastError);
    }

    [Fact]
    public async Task Adds_a_service_once_however_often_it_is_called()
    {
        _journal.Body = new Script(Script.Waits);
        await StartAsync(services => services.AddSingleton(_journal).AddSupervised<Worker>().AddSupervised<Worker>());

        Assert.Single(Tasks.Tasks);
    }

    private sealed class Journal
    {
        private int _created;
        private int _disposed;
        private int _stopped;

        public Script Body { get; set; } = new(Script.Waits);

        public int Created => _created;

        public int Disposed => _disposed;

        public int Stopped => _stopped;

        public void Create() => Interlocked.Increment(ref _created);

        public void Dispose() => Interlocked.Increment(ref _disposed);

        public void Stop() => Interlocked.Increment(ref _stopped);
    }

    private sealed class Worker : BackgroundService
    {
        private readonly Journal _journal;

        public Worker(Journal journal)
        {
            _journal = journal;
            journal.Create();
        }

        public override Task StopAsync(CancellationToken cancellationToken)
        {
            _journal.Stop();
            return base.StopAsync(cancellationToken);
        }

        public override void Dispose()
        {
            _journal.Dispose();
            base.Dispose();
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => _journal.Body.RunAsync(stoppingToken);
    }
}
