using System.Diagnostics;

namespace AsyncGuard.Showcase.Trial;

/// <summary>Both versions under the same fault at the same time.</summary>
internal sealed class Contest(Schedule schedule, House before, House after)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OpensWithin = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _clock = new();
    private bool _isOutage;

    public Schedule Schedule => schedule;

    public Lane Before { get; } = new(before, schedule);

    public Lane After { get; } = new(after, schedule);

    public TimeSpan Elapsed => _clock.Elapsed;

    public string Phase => (Elapsed.TotalSeconds, _isOutage) switch
    {
        (var now, true) when now < schedule.TablesAwayAt => "a maintenance job keeps the database locked",
        (_, true) => "its tables are away: every command fails",
        (var now, _) when now < schedule.PoisonAt => "all is well",
        (var now, _) when now < schedule.OutageAt => $"a deposit of \"{Schedule.PoisonAmount}\" has come in",
        _ => "the database is back",
    };

    public async Task RunAsync(Action draw, CancellationToken cancel)
    {
        await Task.WhenAll(OpenAsync(Before.House, cancel), OpenAsync(After.House, cancel));
        var start = DateTimeOffset.UtcNow;
        _clock.Start();
        await Task.WhenAll(FillAsync(Before.House, start, cancel), FillAsync(After.House, start, cancel));

        await Task.WhenAll(BreakAsync(cancel), WatchAsync(draw, cancel));
    }

    private async Task WatchAsync(Action draw, CancellationToken cancel)
    {
        while (Elapsed.TotalSeconds < schedule.Seconds)
        {
            await Task.WhenAll(Before.LookAsync(Elapsed, _isOutage, cancel), After.LookAsync(Elapsed, _isOutage, cancel));
            draw();
            await Task.Delay(LookEvery, cancel);
        }
    }

    // A house is open when it has closed the auction that was over before it began.
    private static async Task OpenAsync(House house, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        while (await house.Database.ReadAsync(cancel) is not [> 0, ..])
        {
            if (!house.IsRunning || waited.Elapsed > OpensWithin)
            {
                throw new InvalidOperationException($"{house.Name} did not open:{Environment.NewLine}{string.Join(Environment.NewLine, house.Log)}");
            }

            await Task.Delay(LookEvery, cancel);
        }
    }

    private async Task FillAsync(House house, DateTimeOffset start, CancellationToken cancel)
    {
        await using var database = await house.Database.OpenAsync(cancel);
        await schedule.FillAsync(database, start, cancel);
    }

    private async Task BreakAsync(CancellationToken cancel)
    {
        await UntilAsync(schedule.OutageAt, cancel);
        _isOutage = true;
        await Task.WhenAll(BreakAsync(Before.House, cancel), BreakAsync(After.House, cancel));
        _isOutage = false;
    }

    private Task BreakAsync(House house, CancellationToken cancel) =>
        house.Database.BreakAsync(() => UntilAsync(schedule.TablesAwayAt, cancel), () => UntilAsync(schedule.OutageEnds, cancel), cancel);

    private Task UntilAsync(int second, CancellationToken cancel)
    {
        var left = TimeSpan.FromSeconds(second) - Elapsed;
        return left > TimeSpan.Zero ? Task.Delay(left, cancel) : Task.CompletedTask;
    }
}
