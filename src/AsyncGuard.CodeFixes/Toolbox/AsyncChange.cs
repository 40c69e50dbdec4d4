using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What a walk through callers changes.</summary>
/// <param name="Edits">The changes.</param>
/// <param name="Changed">The functions that have another signature and perhaps another name afterwards.</param>
/// <param name="Entered">The functions in which something more is awaited afterwards, as they stand now.</param>
/// <param name="FailsAnew">Whether what is awaited has not failed there before.</param>
internal sealed record AsyncChange(SyntaxEdits Edits, IReadOnlyCollection<IMethodSymbol> Changed, IReadOnlyCollection<SyntaxNode> Entered, bool FailsAnew)
{
    /// <summary>Marks what is awaited now and was not before.</summary>
    public static SyntaxAnnotation Awaited { get; } = new("awaited now");

    /// <summary>Marks the functions in which more is awaited now.</summary>
    public static SyntaxAnnotation More { get; } = new("awaits more");

    /// <summary>The document with all of it; <see langword="null"/> where another project would have to change too, or an error would be lost elsewhere.</summary>
    public async Task<Document?> MendedAsync(FixSite site, CancellationToken cancel) =>
        !await DependentProjects.UseAsync(Changed, site.Document.Project, cancel).ConfigureAwait(false)
        && await InAsync(site, cancel).ConfigureAwait(false) is { } mended
        && !(FailsAnew && await NewLosses.AnyAsync(site, this, mended, cancel).ConfigureAwait(false))
            ? await WithoutMarksAsync(mended, cancel).ConfigureAwait(false)
            : null;

    /// <summary>A document in which its part of the change is made, and what it awaits has the tokens at hand; functions get none that they did not have.</summary>
    public static async Task<Document?> WithTokensAsync(Document changed, CancellationToken cancel) =>
        await PassedAsync(changed, cancel).ConfigureAwait(false) is { } passed ? await WithoutMarksAsync(passed, cancel).ConfigureAwait(false) : null;

    // Where many findings are fixed at once, the next begins with this document.
    private static async Task<Document?> WithoutMarksAsync(Document document, CancellationToken cancel)
    {
        string[] marks = [Awaited.Kind!, More.Kind!, TokenBearers.Mark]; // each is made with one
        return await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
            ? document.WithSyntaxRoot(root.ReplaceNodes(marks.SelectMany(root.GetAnnotatedNodes).Distinct(), (_, now) => now.WithoutAnnotations(marks.SelectMany(now.GetAnnotations))))
            : null;
    }

    // A token goes to what is awaited where the function has one, or gets one: that one only where it compiles as well.
    private async Task<Document?> InAsync(FixSite site, CancellationToken cancel)
    {
        var changed = site.Document.WithSyntaxRoot(Edits.In(site.Root));
        foreach (var imports in (bool[])[true, false])
        {
            if (await AddedTokens.InAsync(changed, imports, cancel).ConfigureAwait(false) is { } longer
                && await PassedAsync(longer, cancel).ConfigureAwait(false) is { } passed
                && await StillCompiles.CheckAsync(site, passed, changesSignature: true, cancel).ConfigureAwait(false))
            {
                return passed;
            }
        }

        return await PassedAsync(changed, cancel).ConfigureAwait(false);
    }

    /// <summary>The token that a function in this place has, as a parameter or a local of a name.</summary>
    public static string? TokenAt(SyntaxNode place, SemanticModel model, CancellationToken cancel) =>
        CancellationTokens.BestAt(place, model, cancel) is { Source: IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol, Expression: var token } && SyntaxFacts.IsValidIdentifier(token) ? token : null;

    private static async Task<Document?> PassedAsync(Document changed, CancellationToken cancel)
    {
        if (await changed.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } now || await changed.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        var tokens = new SyntaxEdits();
        foreach (var call in now.GetAnnotatedNodes(Awaited).OfType<InvocationExpressionSyntax>())
        {
            if (!AddedTokens.RunsRegardless(call) && TokenAt(call, model, cancel) is { } token)
            {
                tokens.Add(call, (old, _) => new TokenPassing(model, token).Visit(old)!); // an invocation's visit is one
            }
        }

        return tokens.IsEmpty ? changed : changed.WithSyntaxRoot(tokens.In(now));
    }
}
