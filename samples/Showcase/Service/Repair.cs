namespace AsyncGuard.Showcase.Service;

/// <summary>Which of a rule's fixes the sample takes.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Title">The fix's title; <see langword="null"/> for the first that is offered.</param>
internal sealed record Repair(string Id, string? Title = null)
{
    /// <summary>In this order: loops first, because a task whose loop is supervised may have nothing left to lose.</summary>
    public static ImmutableArray<Repair> Plan { get; } =
    [
        new("ASG2001"),
        new("ASG2002"),
        new("ASG2003"),
        new("ASG2007"),
        new("ASG1001", "Run it supervised"),
        new("ASG4001"),
        new("ASG4004"),
        new("ASG3001"),
        new("ASG3008"),
    ];
}
