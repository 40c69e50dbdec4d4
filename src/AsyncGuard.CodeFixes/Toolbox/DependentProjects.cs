using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Do projects that depend on this one stand in the way of a change?</summary>
internal static class DependentProjects
{
    /// <summary>Whether one of them names these members.</summary>
    public static Task<bool> UseAsync(IReadOnlyCollection<ISymbol> members, Project project, CancellationToken cancel) => UseAsync(members, project, _ => true, cancel);

    /// <summary>Whether one of them names these members in such a way.</summary>
    public static async Task<bool> UseAsync(IReadOnlyCollection<ISymbol> members, Project project, Func<SimpleNameSyntax, bool> isSuch, CancellationToken cancel)
    {
        var visible = members.Where(each => each is not IMethodSymbol { MethodKind: MethodKind.LocalFunction } && each.DeclaredAccessibility != Accessibility.Private)
            .ToLookup(AsyncNames.Plain, each => each.GetDocumentationCommentId());
        foreach (var id in visible.Count == 0 ? [] : project.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id))
        {
            foreach (var document in project.Solution.GetProject(id)?.Documents ?? [])
            {
                if (await NamesAnyAsync(document, visible, isSuch, cancel).ConfigureAwait(false))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether one of them no longer compiles. That is to build them all, so it is asked last.</summary>
    public static async Task<bool> BreakAsync(Project before, Project after, CancellationToken cancel)
    {
        foreach (var id in before.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(before.Id))
        {
            if (await ErrorsAsync(after.Solution.GetProject(id), cancel).ConfigureAwait(false) > await ErrorsAsync(before.Solution.GetProject(id), cancel).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> ErrorsAsync(Project? project, CancellationToken cancel) =>
        project is not null && await project.GetCompilationAsync(cancel).ConfigureAwait(false) is { } compilation ? compilation.GetDiagnostics(cancel).Count(each => each.Severity == DiagnosticSeverity.Error) : 0;

    // Most documents never say the name, and are not bound for it.
    private static async Task<bool> NamesAnyAsync(Document document, ILookup<string, string?> members, Func<SimpleNameSyntax, bool> isSuch, CancellationToken cancel)
    {
        foreach (var name in members)
        {
            if (await document.GetSyntaxTreeAsync(cancel).ConfigureAwait(false) is { } tree
                && NamesInTree.Of(name.Key, tree, cancel).Where(isSuch).ToList() is { Count: > 0 } places
                && await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model
                && places.Select(each => model.GetSymbolInfo(each, cancel)).SelectMany(each => each.Symbol is null ? each.CandidateSymbols : [each.Symbol])
                    .Any(each => name.Contains(((each as IMethodSymbol)?.ReducedFrom ?? each).OriginalDefinition.GetDocumentationCommentId())))
            {
                return true;
            }
        }

        return false;
    }
}
