namespace AsyncGuard.Showcase.Service;

/// <summary>A rule of which the sample takes the first fix that is offered.</summary>
/// <param name="Id">The rule.</param>
internal sealed record Repair(string Id)
{
    /// <summary>In this order: what a loop swallows before the loop, because the supervisor looks after the loop. With the loop supervised, the forgotten task (ASG1001) loses nothing any more.</summary>
    public static ImmutableArray<Repair> Plan { get; } =
    [
        new("ASG2007"),
        new("ASG2001"),
        new("ASG2002"),
        new("ASG2003"),
        new("ASG4001"),
        new("ASG4004"),
        new("ASG3001"),
        new("ASG3008"),
    ];
}
