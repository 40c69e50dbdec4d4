using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Are these functions named in a project that depends on theirs?</summary>
internal static class DependentProjects
{
    public static async Task<bool> UseAsync(IReadOnlyCollection<IMethodSymbol> functions, Project project, CancellationToken cancel)
    {
        var visible = functions.Where(each => each.MethodKind != MethodKind.LocalFunction && each.DeclaredAccessibility != Accessibility.Private)
            .ToLookup(AsyncNames.Plain, each => each.GetDocumentationCommentId());
        foreach (var id in visible.Count == 0 ? [] : project.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id))
        {
            foreach (var document in project.Solution.GetProject(id)?.Documents ?? [])
            {
                if (await NamesAnyAsync(document, visible, cancel).ConfigureAwait(false))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Most documents never say the name, and are not bound for it.
    private static async Task<bool> NamesAnyAsync(Document document, ILookup<string, string?> functions, CancellationToken cancel)
    {
        foreach (var name in functions)
        {
            if (await document.GetSyntaxTreeAsync(cancel).ConfigureAwait(false) is { } tree
                && NamesInTree.Of(name.Key, tree, cancel).ToList() is { Count: > 0 } places
                && await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model
                && places.Select(each => model.GetSymbolInfo(each, cancel)).SelectMany(each => each.Symbol is null ? each.CandidateSymbols : [each.Symbol]).OfType<IMethodSymbol>()
                    .Any(each => name.Contains((each.ReducedFrom ?? each).OriginalDefinition.GetDocumentationCommentId())))
            {
                return true;
            }
        }

        return false;
    }
}
