namespace AsyncGuard.Showcase.Trial;

/// <summary>One house in the contest.</summary>
internal sealed class Lane(House house, Schedule schedule)
{
    public House House => house;

    public ImmutableArray<Track> Tracks { get; } = [.. Job.All.Select(job => new Track(job))];

    public int JobsAlive => Tracks.Count(each => each.IsUpToDate);

    /// <summary>From the end of the outage until every job was up to date again; <see langword="null"/> until then.</summary>
    public TimeSpan? RecoveredAfter { get; private set; }

    public Track Of(string table) => Tracks.First(each => each.Job.Table == table);

    public async Task LookAsync(TimeSpan elapsed, bool isOutage, CancellationToken cancel)
    {
        var done = isOutage ? null : await house.Database.ReadAsync(cancel);
        for (var i = 0; i < Tracks.Length; i++)
        {
            Tracks[i].Note(done?[i], schedule.Due(Tracks[i].Job, elapsed), Math.Min((int)elapsed.TotalSeconds, schedule.Seconds - 1));
        }

        var sinceOutage = elapsed - TimeSpan.FromSeconds(schedule.OutageEnds);
        if (RecoveredAfter is null && done is not null && sinceOutage > TimeSpan.Zero && JobsAlive == Tracks.Length)
        {
            RecoveredAfter = sinceOutage;
        }
    }
}
