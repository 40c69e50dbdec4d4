using System.Diagnostics;
using System.Diagnostics.Metrics;
using AsyncGuard.Support;

namespace AsyncGuard.Telemetry;

public sealed class TelemetryTests : SupervisedTests
{
    [Fact]
    public async Task Measures_runs_restarts_and_failures_of_a_task()
    {
        using var meters = new MeterBook(this);
        var body = new Script(Script.Throws(), Script.Waits);
        var task = Tasks.Loop("measured feed", body.RunAsync);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        meters.Observe();
        Clock.Step();
        await body.BegunAsync(2);

        Assert.Contains("asyncguard.task.run.duration asyncguard.task.kind=loop asyncguard.task.name=measured feed error.type=System.InvalidOperationException", meters.Names);
        Assert.Contains("asyncguard.task.restarts 1 asyncguard.restart.reason=fault asyncguard.task.name=measured feed", meters.Values);
        Assert.Contains("asyncguard.task.consecutive_failures 1 asyncguard.task.name=measured feed", meters.Values);
        Assert.Contains("asyncguard.task.state 1 asyncguard.task.name=measured feed asyncguard.task.state=backing_off", meters.Values);
        Assert.Contains("asyncguard.task.state 0 asyncguard.task.name=measured feed asyncguard.task.state=running", meters.Values);
    }

    [Fact]
    public async Task Measures_hangs_and_the_age_of_progress()
    {
        using var meters = new MeterBook(this);
        var task = Tasks.Loop("measured feed", Script.Waits, new() { HangTimeout = TimeSpan.FromSeconds(30) });
        await task.Ready;
        Clock.Advance(TimeSpan.FromSeconds(12));
        meters.Observe();
        Clock.Advance(TimeSpan.FromSeconds(18));

        Assert.Contains("asyncguard.task.progress.age 12 asyncguard.task.name=measured feed", meters.Values);
        Assert.Contains("asyncguard.task.hangs 1 asyncguard.task.name=measured feed", meters.Values);
    }

    [Fact]
    public async Task Measures_rejections_and_work_left_behind()
    {
        using var meters = new MeterBook(this);
        var release = new TaskCompletionSource();
        var body = new Script(_ => release.Task);
        Tasks.Run("measured mail", body.RunAsync);
        await body.BegunAsync(1);
        var stop = Tasks.StopAsync(new CancellationToken(canceled: true));
        await Clock.ArmedAsync();
        Clock.Advance(TimeSpan.FromSeconds(5));
        await stop;
        Tasks.Run("measured mail", Script.Succeeds);
        release.SetResult();

        Assert.Contains("asyncguard.task.abandoned 1 asyncguard.task.name=measured mail", meters.Values);
        Assert.Contains("asyncguard.task.rejections 1 asyncguard.rejection.reason=stopping asyncguard.task.name=measured mail", meters.Values);
    }

    [Fact]
    public async Task Gives_every_run_a_span_of_its_own_that_is_linked_to_its_callers()
    {
        var ended = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var requests = new ActivitySource("requests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.OperationName == "traced mail")
                {
                    ended.TrySetResult(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        using var request = requests.StartActivity("POST /users");
        Tasks.Run("traced mail", Script.Throws());

        var span = await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(request!.Context, Assert.Single(span.Links).Context);
        Assert.Equal((default, ActivityStatusCode.Error), (span.ParentSpanId, span.Status));
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Same(request, Activity.Current);
    }

    /// <summary>Keeps what the meters of this test's supervisor report, as text.</summary>
    private sealed class MeterBook : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Instrument, string Tags, double Value)> _measurements = [];

        public MeterBook(TelemetryTests test)
        {
            _ = test.Tasks;
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "AsyncGuard")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public IEnumerable<string> Values => Copy().Select(one => FormattableString.Invariant($"{one.Instrument} {one.Value} {one.Tags}"));

        public IEnumerable<string> Names => Copy().Select(one => $"{one.Instrument} {one.Tags}");

        public void Observe() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private List<(string Instrument, string Tags, double Value)> Copy()
        {
            lock (_measurements)
            {
                return [.. _measurements];
            }
        }

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
            lock (_measurements)
            {
                _measurements.Add((instrument.Name, text, value));
            }
        }
    }
}
