using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.RealCode;

/// <summary>A solution before and after a fix.</summary>
internal sealed class AppliedFix(Project before, Solution after)
{
    /// <summary>The first compile error that was not there before, in the changed files and in those that name a member whose signature has changed.</summary>
    public async Task<string?> NewErrorAsync()
    {
        var checkedFiles = ChangedDocuments().ToHashSet();
        foreach (var name in await ChangedNamesAsync())
        {
            checkedFiles.UnionWith(await FilesThatNameAsync(name));
        }

        foreach (var id in checkedFiles)
        {
            var known = (await ErrorsAsync(before.Solution, id)).CountBy(each => each).ToDictionary();
            foreach (var error in await ErrorsAsync(after, id))
            {
                if ((known[error] = known.GetValueOrDefault(error) - 1) < 0)
                {
                    return error;
                }
            }
        }

        return null;
    }

    /// <summary>What is wrong with the findings that are left: too many of the rule, or one more of another.</summary>
    public async Task<string?> UnsettledAsync(string rule, FindingCounts found)
    {
        foreach (var counts in ChangedDocuments().Select(after.GetDocument).OfType<Document>().Select(async document => (document.FilePath, Left: await FindingCounts.InAsync(document))))
        {
            var (path, left) = await counts;
            var grown = left.Rules.FirstOrDefault(each => left.Of(path ?? "", each) > found.Of(path ?? "", each) - (each == rule ? 1 : 0));
            if (grown is not null)
            {
                return grown == rule ? "the finding is still there" : $"a finding of {grown} is new";
            }
        }

        foreach (var settings in ChangedSettings())
        {
            var left = await FindingCounts.InAsync(settings, rule);
            if (left.Of(settings.FilePath ?? "", rule) >= found.Of(settings.FilePath ?? "", rule))
            {
                return "the finding is still there";
            }
        }

        return null;
    }

    private IEnumerable<DocumentId> ChangedDocuments() => after.GetChanges(before.Solution).GetProjectChanges().SelectMany(each => each.GetChangedDocuments().Concat(each.GetAddedDocuments()));

    private IEnumerable<TextDocument> ChangedSettings() =>
        after.GetChanges(before.Solution).GetProjectChanges().SelectMany(each => each.GetChangedAdditionalDocuments()).Select(after.GetAdditionalDocument).OfType<TextDocument>();

    private async Task<IEnumerable<string>> ChangedNamesAsync()
    {
        var names = new HashSet<string>();
        foreach (var id in ChangedDocuments())
        {
            var (old, now) = (await SignaturesAsync(before.Solution, id), await SignaturesAsync(after, id));
            names.UnionWith(old.Except(now).Concat(now.Except(old)).Select(each => each.Name));
        }

        return names;
    }

    // Whoever has not reached its turn refers to this project or not; whoever has had it does not.
    private async Task<IEnumerable<DocumentId>> FilesThatNameAsync(string name)
    {
        var near = before.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(before.Id).Append(before.Id);
        var naming = new List<DocumentId>();
        foreach (var document in near.Select(before.Solution.GetProject).OfType<Project>().SelectMany(each => each.Documents))
        {
            if ((await document.GetTextAsync()).ToString().Contains(name, StringComparison.Ordinal))
            {
                naming.Add(document.Id);
            }
        }

        return naming;
    }

    private static async Task<HashSet<(string Name, string Head)>> SignaturesAsync(Solution solution, DocumentId id) =>
        solution.GetDocument(id) is { } document && await document.GetSyntaxRootAsync() is { } root
            ? [.. root.DescendantNodes(node => node is not BlockSyntax).OfType<MethodDeclarationSyntax>().Select(method => (method.Identifier.Text, HeadOf(method)))]
            : [];

    private static string HeadOf(MethodDeclarationSyntax method) =>
        $"{method.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text} {method.ReturnType} {method.Identifier} {method.ParameterList}".ReplaceLineEndings(" ");

    private static async Task<IEnumerable<string>> ErrorsAsync(Solution solution, DocumentId id) =>
        solution.GetDocument(id) is { } document && await document.GetSemanticModelAsync() is { } model
            ? from each in model.GetDiagnostics() where each.Severity == DiagnosticSeverity.Error select $"{each.Id} {each.GetMessage(CultureInfo.InvariantCulture)}"
            : [];
}
