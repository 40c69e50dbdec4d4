using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What a walk through callers changes.</summary>
/// <param name="Edits">The changes.</param>
/// <param name="Changed">The functions that have another signature and perhaps another name afterwards.</param>
internal sealed record AsyncChange(SyntaxEdits Edits, IReadOnlyCollection<IMethodSymbol> Changed)
{
    /// <summary>Marks what is awaited now and was blocked on.</summary>
    public static SyntaxAnnotation Awaited { get; } = new();

    /// <summary>The document with the changes of its own tree, and a token given to what is awaited where the function has one.</summary>
    public async Task<Document?> InAsync(Document document, SyntaxNode root, CancellationToken cancel)
    {
        var changed = document.WithSyntaxRoot(Edits.In(root));
        if (await changed.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } now || await changed.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model)
        {
            return null;
        }

        var tokens = new SyntaxEdits();
        foreach (var call in now.GetAnnotatedNodes(Awaited).OfType<InvocationExpressionSyntax>())
        {
            if (CancellationTokens.BestAt(call, model, cancel) is { Source: IParameterSymbol { RefKind: RefKind.None }, Expression: var token } && SyntaxFacts.IsValidIdentifier(token))
            {
                tokens.Add(call, (old, _) => new TokenPassing(model, token).Visit(old)!); // an invocation's visit is one
            }
        }

        return tokens.IsEmpty ? changed : document.WithSyntaxRoot(tokens.In(now));
    }
}
