namespace AsyncGuard.Showcase.Service;

/// <summary>Which of a rule's fixes the sample takes.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Title">The fix's title; <see langword="null"/> for the first that is offered.</param>
internal sealed record Repair(string Id, string? Title = null)
{
    /// <summary>In this order: what a loop swallows before the loop, because the supervisor looks after the loop; the forgotten task after both.</summary>
    public static ImmutableArray<Repair> Plan { get; } =
    [
        new("ASG2007"),
        new("ASG2001"),
        new("ASG2002"),
        new("ASG2003"),
        new("ASG1001", "Run it supervised"),
        new("ASG4001"),
        new("ASG4004"),
        new("ASG3001"),
        new("ASG3008"),
    ];
}
