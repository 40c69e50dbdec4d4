using System.Diagnostics.Metrics;
using AsyncGuard.Support;

namespace AsyncGuard.Telemetry;

/// <summary>Nothing dies in silence: whatever the verb and however the work fails, the log and what health is made of change.</summary>
public sealed class SilenceTests : SupervisedTests
{
    private static readonly SupervisionOptions Watched = new() { HangTimeout = TimeSpan.FromSeconds(30) };

    public static TheoryData<string, Failing> Cells()
    {
        var cells = new TheoryData<string, Failing>();
        foreach (var verb in (string[])["loop", "periodic"])
        {
            foreach (var way in Enum.GetValues<Failing>())
            {
                cells.Add(verb, way);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Is_never_the_answer_to_a_failing_body(string verb, Failing way)
    {
        var task = Start(verb, way.Body());

        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Single(Log.Of(1101));
        Assert.Equal((1L, 1, true), (task.Stats.Failures, task.Stats.ConsecutiveFailures, task.Stats.LastError is not null));
    }

    [Theory]
    [InlineData("loop")]
    [InlineData("periodic")]
    public async Task Is_never_the_answer_to_a_hanging_body(string verb)
    {
        var task = Start(verb, Script.Waits);
        await task.Ready;

        Clock.Advance(TimeSpan.FromSeconds(30));
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (Log.Of(1104).Count, Log.Of(1101).Count));
        Assert.Equal((1L, 1), (task.Stats.Failures, task.Stats.ConsecutiveFailures));
    }

    [Fact]
    public async Task Is_never_the_answer_to_a_listener_that_throws()
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "asyncguard.task.restarts")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.ToArray().Contains(new("asyncguard.task.name", "watched badly")))
            {
                throw new FormatException("no such exporter");
            }
        });
        listener.Start();
        var task = Tasks.Loop("watched badly", Script.Throws());
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Clock.Step();
        await task.WhenAsync(TaskState.Failed, TestContext.Current.CancellationToken);

        Assert.IsType<FormatException>(Assert.Single(Log.Of(1111)).Error);
    }

    [Fact]
    public async Task Is_never_the_answer_to_a_logger_that_throws()
    {
        Log.IsBroken = true;
        var body = new Script(Script.Throws());
        var task = Tasks.Loop("feed", body.RunAsync);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Clock.Step();
        await body.BegunAsync(2);
        await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);

        Assert.Equal(2, task.Stats.Failures);
    }

    private SupervisedTask Start(string verb, Func<CancellationToken, Task> body) =>
        verb == "loop" ? Tasks.Loop(verb, body, Watched) : Tasks.Every(verb, TimeSpan.FromMinutes(1), body, Watched);
}
