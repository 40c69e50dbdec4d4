namespace AsyncGuard.Fixing;

/// <summary>One way to mend a finding, under a title that also tells it from the others when many are fixed at once.</summary>
/// <param name="Title">A constant: it is the equivalence key.</param>
/// <param name="ChangeAsync">Makes the change, or <see langword="null"/> where it turns out that there is none.</param>
internal sealed record Offer(string Title, Func<CancellationToken, Task<Document?>> ChangeAsync)
{
    /// <summary>Whether the change reaches callers (a return type, a parameter), so that the whole project must compile and not only the document.</summary>
    public bool ChangesSignature { get; init; }
}
