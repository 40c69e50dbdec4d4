namespace AsyncGuard.Fixing;

/// <summary>Which functions that a walk has made async get a token of their own, and what does the document look like with it?</summary>
/// <remarks>
/// Those in which something awaited takes a token that the function does not have, and to which somebody can give one: a caller in the document
/// that has one or gets one, or a caller elsewhere, who may come yet.
/// </remarks>
internal sealed class AddedTokens
{
    private const string Namespace = "System.Threading";

    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancel;
    private readonly ILookup<string, MethodDeclarationSyntax> _families;
    private readonly List<AwaitedCall> _calls;

    private AddedTokens(SyntaxNode root, SemanticModel model, CancellationToken cancel)
    {
        (_root, _model, _cancel) = (root, model, cancel);
        _families = root.GetAnnotatedNodes(TokenBearers.Mark).OfType<MethodDeclarationSyntax>().ToLookup(each => FamilyOf(each) ?? "");
        _calls = root.GetAnnotatedNodes(AsyncChange.Awaited).OfType<ExpressionSyntax>().Where(each => !RunsRegardless(each)).Select(Read).ToList();
    }

    /// <summary><see langword="null"/> where there is no such function.</summary>
    /// <param name="document">What the walk has made.</param>
    /// <param name="imports">Whether the token's namespace may be imported, if it is not: that could make another name ambiguous.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<Document?> InAsync(Document document, bool imports, CancellationToken cancel) =>
        await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
        && root.GetAnnotatedNodes(TokenBearers.Mark).Any()
        && await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model
        && new AddedTokens(root, model, cancel).Root(imports) is { } changed
            ? document.WithSyntaxRoot(changed)
            : null;

    /// <summary>Whether the code runs whatever happened before it, so that a token must not keep it from doing so.</summary>
    public static bool RunsRegardless(SyntaxNode place) =>
        place.Ancestors().TakeWhile(each => each is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(each => each is FinallyClauseSyntax);

    /// <summary>What is awaited at a place.</summary>
    /// <param name="Owner">The family of the function that could give it a token.</param>
    /// <param name="HasToken">Whether there is a token in reach already.</param>
    /// <param name="TakesToken">Whether it takes one that it is not given.</param>
    /// <param name="Targets">The families that it calls.</param>
    private sealed record AwaitedCall(string? Owner, bool HasToken, bool TakesToken, ImmutableHashSet<string> Targets);

    private SyntaxNode? Root(bool imports)
    {
        var able = Grow(family => _calls.Any(call => call.Owner == family && !call.HasToken && call.TakesToken), (family, able) => _calls.Any(call => call.Owner == family && !call.HasToken && call.Targets.Overlaps(able)));
        var given = Grow(
            family => able.Contains(family) && (_families[family].Any(IsVisible) || _calls.Any(call => call.HasToken && call.Targets.Contains(family))),
            (family, given) => able.Contains(family) && _calls.Any(call => call.Targets.Contains(family) && call.Owner is { } owner && given.Contains(owner)));
        var names = given.ToDictionary(each => each, each => TokenParameter.NameFor(_families[each], _model));
        var longer = given.Where(each => names[each] is not null).SelectMany(each => _families[each]).ToList();
        if (longer.Count == 0)
        {
            return null;
        }

        var isKnown = longer.All(each => _model.LookupNamespacesAndTypes(each.SpanStart, name: "CancellationToken").Any(type => type.ContainingNamespace.ToString() == Namespace));
        var type = isKnown || imports
            ? SyntaxFactory.IdentifierName("CancellationToken")
            : SyntaxFactory.ParseTypeName($"global::{Namespace}.CancellationToken").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation);
        var root = _root.ReplaceNodes(longer, (old, now) => TokenParameter.AddedTo(now, names[FamilyOf(old) ?? ""] ?? "", type, _root.SyntaxTree.Options));
        return !isKnown && imports && root is CompilationUnitSyntax unit ? Imports.With(unit, Namespace) : root;
    }

    private HashSet<string> Grow(Func<string, bool> starts, Func<string, HashSet<string>, bool> follows)
    {
        var grown = new HashSet<string>(_families.Select(each => each.Key).Where(starts));
        while (_families.Select(each => each.Key).Where(each => !grown.Contains(each) && follows(each, grown)).ToList() is { Count: > 0 } more)
        {
            grown.UnionWith(more);
        }

        return grown;
    }

    private AwaitedCall Read(ExpressionSyntax awaited)
    {
        var passing = new TokenPassing(_model, "cancellationToken");
        passing.Visit(awaited);
        var targets = awaited.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
            .Select(each => _model.GetSymbolInfo(each, _cancel).Symbol).OfType<IMethodSymbol>()
            .SelectMany(each => (each.ReducedFrom ?? each).OriginalDefinition.DeclaringSyntaxReferences)
            .Where(each => each.SyntaxTree == _root.SyntaxTree)
            .Select(each => FamilyOf(each.GetSyntax(_cancel))).OfType<string>();
        return new(OwnerOf(awaited), AsyncChange.TokenAt(awaited, _model, _cancel) is not null, passing.IsUsed, [.. targets]);
    }

    // A lambda and a local function have what the method around them has.
    private static string? OwnerOf(SyntaxNode place)
    {
        foreach (var outer in place.Ancestors())
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax lambda when lambda.Modifiers.Any(SyntaxKind.StaticKeyword):
                case LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.StaticKeyword):
                    return null;
                case MemberDeclarationSyntax member:
                    return FamilyOf(member);
            }
        }

        return null;
    }

    private static string? FamilyOf(SyntaxNode declaration) => declaration.GetAnnotations(TokenBearers.Mark).FirstOrDefault()?.Data;

    private bool IsVisible(MethodDeclarationSyntax method)
    {
        for (ISymbol? it = _model.GetDeclaredSymbol(method, _cancel); it is not (null or INamespaceSymbol); it = it.ContainingSymbol)
        {
            if (it.DeclaredAccessibility == Accessibility.Private)
            {
                return false;
            }
        }

        return true;
    }
}
