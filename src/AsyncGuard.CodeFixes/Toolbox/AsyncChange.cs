using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What a walk through callers changes.</summary>
/// <param name="Edits">The changes.</param>
/// <param name="Changed">The functions that have another signature and perhaps another name afterwards.</param>
/// <param name="Entered">The functions in which something more is awaited afterwards, as they stand now.</param>
internal sealed record AsyncChange(SyntaxEdits Edits, IReadOnlyCollection<IMethodSymbol> Changed, IReadOnlyCollection<SyntaxNode> Entered)
{
    /// <summary>Marks what is awaited now and was not before.</summary>
    public static SyntaxAnnotation Awaited { get; } = new();

    /// <summary>
    /// The document with the changes of its own tree, and a token given to what is awaited where the function has one, or gets one:
    /// that one only where it compiles as well.
    /// </summary>
    public async Task<Document?> InAsync(FixSite site, CancellationToken cancel)
    {
        var changed = site.Document.WithSyntaxRoot(Edits.In(site.Root));
        return await AddedTokens.InAsync(changed, cancel).ConfigureAwait(false) is { } longer
            && await PassedAsync(longer, cancel).ConfigureAwait(false) is { } passed
            && await StillCompiles.CheckAsync(site, passed, changesSignature: true, cancel).ConfigureAwait(false)
                ? passed
                : await PassedAsync(changed, cancel).ConfigureAwait(false);
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
