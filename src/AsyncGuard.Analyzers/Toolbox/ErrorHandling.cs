namespace AsyncGuard.Toolbox;

/// <summary>Can an error leave this code? The definition of a guarded function, for all rules.</summary>
/// <remarks>
/// Asked for suspicious sites only: it reads the bodies of what the code calls, through as many calls as it takes, and keeps the answers.
/// Where it cannot know (broken code, more calls than it follows) it says that nothing escapes: doubt is silent. Unknown libraries are no
/// doubt: they fail.
/// </remarks>
internal sealed class ErrorHandling(CompilationFacts facts)
{
    private const int LongestPath = 8;

    private readonly ConcurrentDictionary<EscapeQuestion, bool> _answers = new();

    /// <summary>The first operation inside a function, block, lambda or loop body whose failure leaves it; <see langword="null"/> when it is guarded.</summary>
    /// <remarks>A task that a function without <c>await</c> returns counts as awaited: its failure is the function's. Cancellation is no failure.</remarks>
    public IOperation? FirstEscape(IOperation body, CancellationToken cancel) => new EscapeSearch(facts, Inquire(cancel), awaited: true).FirstInside(body);

    /// <summary>Where awaiting this value fails with anything but cancellation; <see langword="null"/> when whatever makes it handles its own errors.</summary>
    public IOperation? EscapeWhenAwaited(IOperation value, CancellationToken cancel) =>
        new AwaitedValues(facts, new EscapeSearch(facts, Inquire(cancel), awaited: true)).WhenAwaited(value, value);

    /// <summary>Whether no error leaves the function when its result is awaited.</summary>
    public bool HandlesItsOwnErrors(IMethodSymbol method, CancellationToken cancel)
    {
        var targets = facts.Targets.Of(method);
        return targets.IsEmpty ? facts.Harmless.WhenAwaited(method) : Inquire(cancel).AreGuarded(targets, awaited: true);
    }

    /// <summary>Where an error comes from that leaves at <paramref name="escape"/>: the operation, then what fails in the function it calls, and so on.</summary>
    public ImmutableArray<Location> PathOf(IOperation escape, CancellationToken cancel)
    {
        var path = ImmutableArray.CreateBuilder<Location>();
        for (var at = escape; at is not null && path.Count < LongestPath; at = FirstInCallee(at, cancel))
        {
            var location = at.Syntax.GetLocation();
            if (path.Contains(location))
            {
                break; // a function that calls itself
            }

            path.Add(location);
        }

        return path.ToImmutable();
    }

    private IOperation? FirstInCallee(IOperation at, CancellationToken cancel)
    {
        foreach (var target in facts.Targets.Of(at))
        {
            if (facts.Bodies.Of(target, cancel) is { } body && FirstEscape(body, cancel) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private EscapeInquiry Inquire(CancellationToken cancel) => new(facts, _answers, cancel);
}
