using System.Runtime.CompilerServices;

namespace AsyncGuard.Toolbox;

/// <summary>Can an error leave this code? The definition of a guarded function, for all rules.</summary>
/// <remarks>
/// Asked for suspicious sites only: it reads the bodies of what the code calls, through as many calls as it takes, and keeps the answers.
/// Where it cannot know (broken code, more calls than it follows) it says that nothing escapes: doubt is silent. Unknown libraries are no
/// doubt: they fail.
/// <para>
/// A rule that reports what it got from here shows the reader why:
/// <c>Diagnostic.Create(rule, place, facts.Errors.PathOf(escape, cancel), arguments)</c>.
/// </para>
/// </remarks>
internal sealed class ErrorHandling(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<EscapeQuestion, Escape?> _answers = new();
    private readonly ConcurrentDictionary<EscapeQuestion, Escape?> _outside = new();
    private readonly ConcurrentDictionary<EscapeQuestion, Escape?> _notOfEvents = new();
    private readonly ConditionalWeakTable<IOperation, Escape> _told = new();

    /// <summary>
    /// The operation inside a function, block, lambda or loop body whose failure leaves it: the first that leaves the program's memory (a file, a network, a
    /// library), else the first of any kind; <see langword="null"/> when all is guarded.
    /// </summary>
    /// <remarks>A task that a function without <c>await</c> returns counts as awaited: its failure is the function's. Cancellation is no failure.</remarks>
    public IOperation? FirstEscape(IOperation body, CancellationToken cancel) => Tell(Worst(search => search.FirstInside(body), cancel));

    /// <summary>Where awaiting this value fails with anything but cancellation; <see langword="null"/> when whatever makes it handles its own errors.</summary>
    public IOperation? EscapeWhenAwaited(IOperation value, CancellationToken cancel) => Tell(WhenAwaited(value, cancel));

    /// <summary>The method group itself where one of the functions it stands for fails; <see langword="null"/> also for those of other assemblies.</summary>
    public IOperation? EscapeOfGroup(IMethodReferenceOperation group, CancellationToken cancel) =>
        Worst(search => search.Inquiry.FirstOf(facts.Targets.Of(group.Method), awaited: true), cancel) is { } cause ? Tell(new(group, cause)) : null;

    /// <summary>Whether no error leaves the function when its result is awaited.</summary>
    public bool HandlesItsOwnErrors(IMethodSymbol method, CancellationToken cancel)
    {
        var targets = facts.Targets.Of(method);
        return targets.IsEmpty ? facts.Harmless.WhenAwaited(method) : Inquire(cancel).FirstOf(targets, awaited: true) is null;
    }

    /// <summary>The way of an error to the place where it escapes: the operation, then what fails in the function it calls, and so on.</summary>
    /// <param name="escape">What one of the questions above was answered with; or a body, whose first escape is meant.</param>
    /// <param name="cancel">Stops the search.</param>
    /// <returns>The additional locations of a finding, one for each call; empty for a body that is guarded.</returns>
    public ImmutableArray<Location> PathOf(IOperation escape, CancellationToken cancel) =>
        (_told.TryGetValue(escape, out var told) ? told : Worst(search => search.FirstInside(escape), cancel)) is { } known
            ? new EscapePath(facts, Search(cancel), Search(cancel, SoughtErrors.OfOutsideWork)).Of(known)
            : [];

    /// <summary>The same as <see cref="EscapeWhenAwaited"/>, with its cause.</summary>
    public Escape? WhenAwaited(IOperation value, CancellationToken cancel, SoughtErrors sought = SoughtErrors.All) =>
        Worst(search => new AwaitedValues(facts, search).WhenAwaited(value, value), cancel, sought);

    /// <summary>Hands out an escape, and remembers how it came about for whoever asks for the path.</summary>
    public IOperation? Tell(Escape? escape) => escape?.At is { } at ? _told.GetValue(at, _ => escape).At : null;

    // Whether anything escapes is settled first; only then is it worth a second look for what to show.
    private Escape? Worst(Func<EscapeSearch, Escape?> find, CancellationToken cancel, SoughtErrors sought = SoughtErrors.All) =>
        find(Search(cancel, sought)) is { } first ? find(Search(cancel, SoughtErrors.OfOutsideWork)) ?? first : null;

    private EscapeSearch Search(CancellationToken cancel, SoughtErrors sought = SoughtErrors.All) => new(facts, Inquire(cancel, sought), awaited: true);

    private EscapeInquiry Inquire(CancellationToken cancel, SoughtErrors sought = SoughtErrors.All) =>
        new(facts, sought switch { SoughtErrors.All => _answers, SoughtErrors.OfOutsideWork => _outside, _ => _notOfEvents }, sought, cancel);
}
