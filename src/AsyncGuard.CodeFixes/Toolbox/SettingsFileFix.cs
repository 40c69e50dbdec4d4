using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Fixing;

/// <summary>What every fix of a settings file does alike: it changes a text, one finding or all of a project or solution.</summary>
/// <remarks>"Fix all" in a single file is not offered: the compiler's platform knows a document for it only where the document is code.</remarks>
public abstract class SettingsFileFix : CodeFixProvider
{
    private readonly AllSettingsFiles _fixAll;

    private protected SettingsFileFix(string title, string id)
    {
        Title = title;
        FixableDiagnosticIds = [id];
        _fixAll = new(this);
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>What the fix is called, alone and for all.</summary>
    internal string Title { get; }

    public sealed override FixAllProvider GetFixAllProvider() => _fixAll;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.TextDocument;
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var finding in context.Diagnostics)
        {
            if (finding.Location.SourceSpan.End <= text.Length && Change(finding) is { } change)
            {
                var mended = document.Project.Solution.WithAdditionalDocumentText(document.Id, text.WithChanges(change));
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(mended), equivalenceKey: Title), finding);
            }
        }
    }

    /// <summary>What to write, and where; <see langword="null"/> where there is nothing to write.</summary>
    internal abstract TextChange? Change(Diagnostic finding);
}
