using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Simplification;

namespace AsyncGuard.Rules;

/// <summary>Changes a function that returned nothing into one that returns a task, and every caller of the solution with it.</summary>
/// <remarks>All callers or none: a call that nobody awaits would lose the exception that ended the process before.</remarks>
internal sealed class FollowingCallers(FixSite site, IMethodSymbol function)
{
    private readonly SyntaxAnnotation _call = new();

    // Whoever awaits what never ends never goes on.
    private readonly bool _isEndless = EndlessWork.IsIn(function, site.Facts);

    public async Task<Document?> ChangeAsync(SyntaxNode declaration, CancellationToken cancel) =>
        await FollowAsync(declaration, cancel).ConfigureAwait(false)
        ?? (!_isEndless && AllTheWay.FromVoid(declaration, function, WalkScope.Of(site), cancel) is { } change ? await change.MendedAsync(site, cancel).ConfigureAwait(false) : null);

    // Each in its way, and none with another signature.
    private async Task<Document?> FollowAsync(SyntaxNode declaration, CancellationToken cancel)
    {
        var solution = site.Document.Project.Solution;
        var places = await PlacesAsync(solution, cancel).ConfigureAwait(false);
        if (places is null)
        {
            return null;
        }

        foreach (var id in places.Select(each => each.Key).Append(site.Document.Id).Distinct())
        {
            var document = solution.GetDocument(id);
            if (document is null || await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
            {
                return null;
            }

            solution = solution.WithDocumentSyntaxRoot(id, Marked(root, places[id], id == site.Document.Id ? declaration : null));
        }

        foreach (var id in places.Select(each => each.Key))
        {
            if (await FollowAsync(solution, id, cancel).ConfigureAwait(false) is not { } followed)
            {
                return null;
            }

            solution = followed;
        }

        return solution.GetDocument(site.Document.Id);
    }

    // The calls of each document; null where one cannot follow.
    private async Task<ILookup<DocumentId, InvocationExpressionSyntax>?> PlacesAsync(Solution solution, CancellationToken cancel)
    {
        var calls = new List<(DocumentId Document, InvocationExpressionSyntax Call)>();
        foreach (var found in await SymbolFinder.FindReferencesAsync(function, solution, cancel).ConfigureAwait(false))
        {
            foreach (var reference in found.Locations)
            {
                if (reference.IsImplicit || await reference.Document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
                {
                    continue;
                }

                var name = root.FindNode(reference.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (CallOf(name) is { } call)
                {
                    calls.Add((reference.Document.Id, call));
                }
                else if (!IsMention(name))
                {
                    return null;
                }
            }
        }

        return calls.ToLookup(each => each.Document, each => each.Call);
    }

    private SyntaxNode Marked(SyntaxNode root, IEnumerable<SyntaxNode> calls, SyntaxNode? declaration) =>
        root.ReplaceNodes(declaration is null ? calls : calls.Append(declaration), (_, now) => now switch
        {
            MethodDeclarationSyntax method => method.WithReturnType(Task.WithTriviaFrom(method.ReturnType)),
            LocalFunctionStatementSyntax local => local.WithReturnType(Task.WithTriviaFrom(local.ReturnType)),
            _ => now.WithAdditionalAnnotations(_call),
        });

    private static TypeSyntax Task =>
        SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task").WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    private async Task<Solution?> FollowAsync(Solution solution, DocumentId id, CancellationToken cancel)
    {
        var document = solution.GetDocument(id)!;
        while (true)
        {
            if (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
            {
                return null;
            }

            if (root.GetAnnotatedNodes(_call).FirstOrDefault() is not { } marked)
            {
                return document.Project.Solution;
            }

            // What replaces the call holds a copy of it: the next must not find that one.
            var next = new SyntaxAnnotation();
            document = document.WithSyntaxRoot(root.ReplaceNode(marked, marked.WithoutAnnotations(_call).WithAdditionalAnnotations(next)));
            if (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } current
                || await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model
                || DroppedCall.Follow((InvocationExpressionSyntax)current.GetAnnotatedNodes(next).Single(), model, _isEndless, cancel) is not var (old, by))
            {
                return null;
            }

            document = document.WithSyntaxRoot(current.ReplaceNode(old, by));
        }
    }

    private static InvocationExpressionSyntax? CallOf(SyntaxNode name)
    {
        var called = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? name.Parent : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : null;
    }

    // nameof and comments do not care what is returned.
    private static bool IsMention(SyntaxNode name) =>
        name.IsPartOfStructuredTrivia() || name.Ancestors().Any(each => each is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });
}
