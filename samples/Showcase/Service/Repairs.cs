using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Showcase.Service;

/// <summary>Applies the fixes, one finding after the other, as a developer does with the light bulb.</summary>
internal static class Repairs
{
    private const int MostSteps = 100;

    private static readonly ImmutableArray<(CodeFixProvider Fix, string[] Kinds)> Fixes =
    [
        .. from type in typeof(ThreadSleepInAsyncFix).Assembly.GetExportedTypes()
           let export = type.GetCustomAttribute<ExportCodeFixProviderAttribute>()
           where export is not null
           select ((CodeFixProvider)Activator.CreateInstance(type)!, export.DocumentKinds),
    ];

    /// <summary>The project with all its findings fixed, and how each was.</summary>
    public static async Task<(Project Project, ImmutableArray<AppliedFix> Applied)> ApplyAsync(Project project, CancellationToken cancel)
    {
        var applied = ImmutableArray.CreateBuilder<AppliedFix>();
        while (applied.Count < MostSteps && await StepAsync(project, cancel) is { } step)
        {
            applied.Add(step.Fix);
            project = step.Project;
        }

        return (project, applied.ToImmutable());
    }

    private static async Task<(Project Project, AppliedFix Fix)?> StepAsync(Project project, CancellationToken cancel)
    {
        var findings = await Findings.InAsync(project, cancel);
        foreach (var repair in Repair.Plan)
        {
            foreach (var finding in findings.Where(each => each.Id == repair.Id))
            {
                var offers = await OffersAsync(project, finding, cancel);
                if (offers.FirstOrDefault() is { } chosen
                    && await ChangedAsync(chosen, project, cancel) is { } mended)
                {
                    return (mended, new(Findings.Place(finding), chosen.Title));
                }
            }
        }

        return null;
    }

    private static async Task<List<CodeAction>> OffersAsync(Project project, Diagnostic finding, CancellationToken cancel)
    {
        var offers = new List<CodeAction>();
        var path = Findings.PathOf(finding);
        var document = project.Documents.Concat(project.AdditionalDocuments).First(each => each.FilePath == path);
        var kind = document is Document ? nameof(TextDocumentKind.Document) : nameof(TextDocumentKind.AdditionalDocument);
        foreach (var (fix, _) in Fixes.Where(each => each.Fix.FixableDiagnosticIds.Contains(finding.Id) && each.Kinds.Contains(kind)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => offers.Add(action), cancel));
        }

        return offers;
    }

    private static async Task<Project?> ChangedAsync(CodeAction action, Project project, CancellationToken cancel)
    {
        var operations = await action.GetOperationsAsync(cancel);
        return operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution.GetProject(project.Id);
    }
}

/// <summary>One fix that was applied.</summary>
/// <param name="Place">The finding's file, line and id; the line is the one it had when its turn came.</param>
/// <param name="Title">What the editor's light bulb calls the fix.</param>
internal sealed record AppliedFix(string Place, string Title);
