namespace AsyncGuard.Toolbox;

/// <summary>A token that code at a place can pass on: how it is written there, and where it comes from.</summary>
internal sealed record TokenInScope(string Expression, ISymbol Source);

/// <summary>Which cancellation tokens can code at this place pass on?</summary>
/// <remarks>
/// Best first: parameters of the innermost function and outward, locals, the token of a source, that of a request at hand, fields and
/// properties, and last the stop of the application. Never <c>CancellationToken.None</c>, nor what a static function cannot reach.
/// </remarks>
internal static class CancellationTokens
{
    public static TokenInScope? BestAt(SyntaxNode place, SemanticModel model, CancellationToken cancel = default) =>
        At(place, model, cancel) is [var best, ..] ? best : null;

    public static ImmutableArray<TokenInScope> At(SyntaxNode place, SemanticModel model, CancellationToken cancel = default)
    {
        var forms = TokenForms.Of(CompilationFacts.Of(model.Compilation).Types);
        var reach = Reach.Of(place, model, cancel);
        var found = new List<(int Rank, int Order, TokenInScope Token)>();
        foreach (var symbol in model.LookupSymbols(place.SpanStart))
        {
            if (TypeOf(symbol) is { } type && forms.Form(type) is { } form && reach.DistanceTo(symbol, cancel) is { } distance)
            {
                var rank = Rank(symbol, form) + distance;
                found.Add((rank, symbol is ILocalSymbol ? -symbol.Locations[0].SourceSpan.Start : found.Count, new(Escape(symbol.Name) + form.Suffix, symbol)));
            }
        }

        found.Sort(static (one, other) => one.Rank != other.Rank ? one.Rank.CompareTo(other.Rank) : one.Order.CompareTo(other.Order));
        var tokens = ImmutableArray.CreateBuilder<TokenInScope>(found.Count);
        foreach (var (_, _, token) in found)
        {
            tokens.Add(token);
        }

        return tokens.MoveToImmutable();
    }

    // Steps of 1000 leave room for the distance, which only tells functions within one kind apart.
    private static int Rank(ISymbol symbol, TokenForm form) => 1000 * (symbol switch
    {
        _ when form.IsLastResort => 9,
        IParameterSymbol when form.IsToken => 0,
        ILocalSymbol when form.IsToken => 1,
        IParameterSymbol or ILocalSymbol => 2,
        _ when form.IsToken => 3,
        _ => 4,
    } + (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } ? 3 : 0));

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol { RefKind: not RefKind.Out } parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        IFieldSymbol { AssociatedSymbol: null } field => field.Type,
        IPropertySymbol { IsIndexer: false, GetMethod: not null } property => property.Type,
        _ => null,
    };

    private static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
