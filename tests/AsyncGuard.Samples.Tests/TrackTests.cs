using AsyncGuard.Showcase.Trial;

namespace AsyncGuard;

public sealed class TrackTests
{
    private static readonly Job Deposits = Job.All.Single(each => each.Table == "deposits");

    [Fact]
    public void Is_behind_when_three_items_are_late_and_not_before()
    {
        var track = new Track(Deposits);

        track.Note(done: 1, due: 3, second: 0);
        track.Note(done: 1, due: 4, second: 1);

        Assert.Equal([Beat.UpToDate, Beat.Behind], track.Beats);
        Assert.False(track.IsUpToDate);
    }

    [Fact]
    public void Knows_an_outage_from_a_job_that_stopped()
    {
        var track = new Track(Deposits);

        track.Note(done: 2, due: 2, second: 0);
        track.Note(done: null, due: 3, second: 1);

        Assert.Equal([Beat.UpToDate, Beat.Outage], track.Beats);
        Assert.Equal(2, track.Done);
    }

    [Fact]
    public void Does_not_wait_for_the_deposit_that_nobody_can_read()
    {
        var schedule = Schedule.Default;

        Assert.Equal(schedule.PoisonAt, schedule.Due(Deposits, TimeSpan.FromSeconds(schedule.PoisonAt)));
        Assert.Equal(schedule.Total(Job.All[0]) - 1, schedule.Total(Deposits));
    }
}
