namespace AsyncGuard.Showcase.Trial;

/// <summary>One of the three background jobs, and how the database shows what it has done.</summary>
/// <param name="Name">What the scoreboard calls it.</param>
/// <param name="Done">What it does with an item.</param>
/// <param name="Table">Where its items stand.</param>
/// <param name="Stamp">The column it fills when an item is done.</param>
internal sealed record Job(string Name, string Done, string Table, string Stamp)
{
    public static ImmutableArray<Job> All { get; } =
    [
        new("auctions checker", "Auctions closed", "auctions", "closed_at"),
        new("presale checker", "Presales expired", "presales", "expired_at"),
        new("wallet checker", "Deposits credited", "deposits", "credited_at"),
    ];
}
