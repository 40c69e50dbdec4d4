using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AsyncGuard;

/// <summary>The meter of one supervisor and the spans of all. Thread-safe; costs next to nothing while nobody listens.</summary>
internal sealed class Telemetry : IDisposable
{
    public const string SourceName = "AsyncGuard";

    private static readonly ActivitySource Spans = new(SourceName);
    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _durations;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _restarts;
    private readonly Counter<long> _hangs;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _fallbacks;
    private readonly Histogram<double> _steps;

    public Telemetry(IServiceProvider? services, TimeProvider clock, TaskRegistry registry)
    {
        _clock = clock;
        var factory = (IMeterFactory?)services?.GetService(typeof(IMeterFactory));
        _ownsMeter = factory is null;
        _meter = factory?.Create(new MeterOptions(SourceName)) ?? new Meter(SourceName);
        _durations = _meter.CreateHistogram<double>("asyncguard.task.run.duration", "s", "How long runs take.");
        _active = _meter.CreateUpDownCounter<long>("asyncguard.task.active", "{task}", "Runs in progress.");
        _restarts = _meter.CreateCounter<long>("asyncguard.task.restarts", "{restart}", "Runs begun because of a failure or on request.");
        _hangs = _meter.CreateCounter<long>("asyncguard.task.hangs", "{hang}", "Runs found without progress.");
        _rejections = _meter.CreateCounter<long>("asyncguard.task.rejections", "{task}", "Work that was not accepted.");
        _abandoned = _meter.CreateCounter<long>("asyncguard.task.abandoned", "{task}", "Work left behind at a stop.");
        _fallbacks = _meter.CreateCounter<long>("asyncguard.fallbacks", "{fallback}", "Guarded operations that failed and returned their fallback.");
        _steps = _meter.CreateHistogram<double>("asyncguard.startup.step.duration", "s", "How long start-up steps take.");
        TaskGauges.Observe(_meter, registry);
    }

    public Measure Begin(string name, string kind) => new(this, name, kind, Spans.HasListeners() ? Spans.StartActivity(name) : null);

    /// <summary>The span of fire-and-forget work is a root of its own, linked to its caller's: it outlives the request that began it.</summary>
    public Measure BeginLinked(string name, string kind) => new(this, name, kind, Spans.HasListeners() ? StartLinked(name) : null);

    public void Restarted(string name, string reason) => _restarts.Add(1, Tag.Task(name), new("asyncguard.restart.reason", reason));

    public void Hung(string name) => _hangs.Add(1, Tag.Task(name));

    public void Rejected(string name, string reason) => _rejections.Add(1, Tag.Task(name), new("asyncguard.rejection.reason", reason));

    public void Abandoned(string name) => _abandoned.Add(1, Tag.Task(name));

    public void FellBack(string operation, Exception error) =>
        _fallbacks.Add(1, new("asyncguard.operation.name", operation), new("error.type", Tag.ErrorType(error)));

    public void StepEnded(string step, TimeSpan elapsed, Exception? error)
    {
        if (_steps.Enabled)
        {
            var tags = new TagList { { "asyncguard.step.name", step } };
            Tag.AddError(ref tags, error);
            _steps.Record(elapsed.TotalSeconds, tags);
        }
    }

    public void Dispose()
    {
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private static Activity? StartLinked(string name)
    {
        var caller = Activity.Current;
        Activity.Current = null;
        var links = caller is null ? null : new[] { new ActivityLink(caller.Context) };
        var span = Spans.StartActivity(ActivityKind.Internal, parentContext: default, links: links, name: name);
        if (span is null)
        {
            Activity.Current = caller;
        }

        return span;
    }

    /// <summary>One run being measured: the number of active runs, its duration, its span.</summary>
    internal readonly struct Measure : IDisposable
    {
        private readonly Telemetry _telemetry;
        private readonly string _name;
        private readonly string _kind;
        private readonly Activity? _span;
        private readonly long _startedAt;

        public Measure(Telemetry telemetry, string name, string kind, Activity? span)
        {
            (_telemetry, _name, _kind, _span) = (telemetry, name, kind, span);
            _startedAt = telemetry._clock.GetTimestamp();
            telemetry._active.Add(1, Tag.Kind(kind));
        }

        public void End(Exception? error)
        {
            if (error is not null && _span is not null)
            {
                _span.SetStatus(ActivityStatusCode.Error, error.Message);
                _span.SetTag("error.type", Tag.ErrorType(error));
            }

            if (_telemetry._durations.Enabled)
            {
                var tags = new TagList { Tag.Task(_name), Tag.Kind(_kind) };
                Tag.AddError(ref tags, error);
                _telemetry._durations.Record(_telemetry._clock.GetElapsedTime(_startedAt).TotalSeconds, tags);
            }
        }

        public void Dispose()
        {
            _telemetry._active.Add(-1, Tag.Kind(_kind));
            _span?.Dispose();
        }
    }
}
