namespace AsyncGuard.Showcase.Trial;

/// <summary>How one job of one house did, second by second.</summary>
internal sealed class Track(Job job)
{
    /// <summary>A job runs once a second and may miss a beat; who is three items late has stopped.</summary>
    private const int Patience = 2;

    private readonly List<Beat> _beats = [];

    public Job Job => job;

    public int Done { get; private set; }

    public bool IsUpToDate { get; private set; } = true;

    public IReadOnlyList<Beat> Beats => _beats;

    /// <param name="done">Items done so far; <see langword="null"/> where nobody can look.</param>
    /// <param name="due">Items that should be done by now.</param>
    /// <param name="second">The second that has begun.</param>
    public void Note(int? done, int due, int second)
    {
        Done = done ?? Done;
        IsUpToDate = Done >= due - Patience;
        var beat = done is null ? Beat.Outage : IsUpToDate ? Beat.UpToDate : Beat.Behind;
        while (_beats.Count <= second)
        {
            _beats.Add(beat);
        }

        _beats[second] = beat;
    }
}

/// <summary>What one second looked like.</summary>
internal enum Beat
{
    /// <summary>All that was due is done.</summary>
    UpToDate,

    /// <summary>The database is locked or its tables are away.</summary>
    Outage,

    /// <summary>Work is due and nobody does it.</summary>
    Behind,
}
