using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AsyncGuard.Rules;

/// <summary>A primary constructor's parameter that nobody reads once the work has a service of its own: the compiler would warn of it.</summary>
internal static class UnreadParameter
{
    private const string Unread = "CS9113";

    /// <summary>The document without the parameter, where it is unread and only a container makes the type; else the document.</summary>
    public static async Task<Document?> RemovedAsync(FixSite site, Document document, ISymbol? source, CancellationToken cancel)
    {
        if (source is not IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor, Name: var name, Ordinal: var ordinal }
            || await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root)
        {
            return document;
        }

        foreach (var each in model.GetDiagnostics(cancellationToken: cancel))
        {
            if (each.Id == Unread
                && root.FindNode(each.Location.SourceSpan) is ParameterSyntax { Parent: ParameterListSyntax { Parent: TypeDeclarationSyntax { Identifier.ValueText: var type } } list } parameter
                && parameter.Identifier.ValueText == name && type == constructor.ContainingType.Name && list.Parameters.IndexOf(parameter) == ordinal)
            {
                return await IsCalledAsync(constructor, site.Document.Project.Solution, cancel).ConfigureAwait(false)
                    ? null
                    : document.WithSyntaxRoot(root.ReplaceNode(list, Without(list, ordinal)));
            }
        }

        return document;
    }

    /// <summary>Whether code makes such an object itself, or a type derived from it.</summary>
    public static async Task<bool> IsCalledAsync(IMethodSymbol constructor, Solution solution, CancellationToken cancel) =>
        (await SymbolFinder.FindReferencesAsync(constructor, solution, cancel).ConfigureAwait(false))
            .SelectMany(each => each.Locations).Any(each => !each.Location.IsInSource || each.Location.SourceTree?.GetRoot(cancel).FindNode(each.Location.SourceSpan, findInsideTrivia: true).IsPartOfStructuredTrivia() != true);

    private static ParameterListSyntax Without(ParameterListSyntax list, int at)
    {
        var left = list.Parameters.RemoveAt(at);
        return list.WithParameters(at == 0 && left.Count > 0 ? left.Replace(left[0], left[0].WithLeadingTrivia(list.Parameters[0].GetLeadingTrivia())) : left);
    }
}
