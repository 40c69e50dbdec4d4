using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Do projects that depend on this one stand in the way of a change?</summary>
internal static class DependentProjects
{
    /// <summary>Whether one of them names, overrides or implements these members.</summary>
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
                if (await NamesAnyAsync(document, visible, isSuch, cancel).ConfigureAwait(false) || await OverridesAnyAsync(document, visible, cancel).ConfigureAwait(false))
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

    // Who overrides a member or implements it says its name as well, but not as an expression.
    private static async Task<bool> OverridesAnyAsync(Document document, ILookup<string, string?> members, CancellationToken cancel)
    {
        var root = await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false);
        var declared = root?.DescendantNodes(each => each is not (StatementSyntax or ExpressionSyntax))
            .Where(each => NameOf(each) is { } name && members.Contains(name)).ToList() ?? [];
        return declared.Count > 0 && await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model
            && declared.Select(each => model.GetDeclaredSymbol(each, cancel)).OfType<ISymbol>()
                .Any(each => Origins(each).Any(origin => members[AsyncNames.Plain(origin)].Contains(origin.OriginalDefinition.GetDocumentationCommentId())));
    }

    private static string? NameOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };

    private static IEnumerable<ISymbol> Origins(ISymbol member)
    {
        for (var it = Overridden(member); it is not null; it = Overridden(it))
        {
            yield return it;
        }

        foreach (var promised in member.ContainingType.AllInterfaces.SelectMany(each => each.GetMembers()))
        {
            if (SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(promised), member))
            {
                yield return promised;
            }
        }
    }

    private static ISymbol? Overridden(ISymbol member) => (ISymbol?)(member as IMethodSymbol)?.OverriddenMethod ?? (member as IPropertySymbol)?.OverriddenProperty;
}
