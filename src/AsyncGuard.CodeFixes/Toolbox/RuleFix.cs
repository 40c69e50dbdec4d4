namespace AsyncGuard.Fixing;

/// <summary>
/// What every fix does alike: it makes its changes before it offers them, offers only those that compile, and can fix all findings of a
/// document, a project or a solution, one after the other.
/// </summary>
public abstract class RuleFix : CodeFixProvider
{
    private readonly OneByOne _fixAll;

    private protected RuleFix(params ImmutableArray<string> ids)
    {
        FixableDiagnosticIds = ids;
        _fixAll = new(this);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var finding in context.Diagnostics)
        {
            if (await FixSite.FindAsync(context.Document, finding, context.CancellationToken).ConfigureAwait(false) is not { } site)
            {
                continue;
            }

            foreach (var offer in Offers(site))
            {
                if (await TryAsync(site, offer, context.CancellationToken).ConfigureAwait(false) is { } mended)
                {
                    context.RegisterCodeFix(CodeAction.Create(offer.Title, _ => Task.FromResult(mended), equivalenceKey: offer.Title), finding);
                }
            }
        }
    }

    /// <summary>The ways to mend this finding, best first; none where there is no safe way.</summary>
    private protected abstract IEnumerable<Offer> Offers(FixSite site);

    /// <summary>The same way at another place, for fixing all.</summary>
    internal async Task<Document?> MendAsync(FixSite site, string? title, CancellationToken cancel)
    {
        foreach (var offer in Offers(site))
        {
            if (title is null || offer.Title == title)
            {
                return await TryAsync(site, offer, cancel).ConfigureAwait(false);
            }
        }

        return null;
    }

    private static async Task<Document?> TryAsync(FixSite site, Offer offer, CancellationToken cancel)
    {
        var mended = await offer.ChangeAsync(cancel).ConfigureAwait(false);
        return mended is not null && mended != site.Document && await StillCompiles.CheckAsync(site, mended, offer.ChangesSignature, cancel).ConfigureAwait(false)
            ? mended
            : null;
    }
}
