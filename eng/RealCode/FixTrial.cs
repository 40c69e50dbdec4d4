using System.Reflection;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RealCode;

/// <summary>Applies each finding's first fix to real code and counts those that break it or leave the finding.</summary>
internal sealed class FixTrial
{
    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(ThreadSleepInAsyncFix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public, null, null, null)!), // a class is never null
    ];

    private int _offered;
    private int _broken;
    private int _left;
    private int _none;

    public async Task TryAsync(Document document, Diagnostic finding)
    {
        var offers = new List<CodeAction>();
        foreach (var fix in Fixes.Where(each => each.FixableDiagnosticIds.Contains(finding.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (offer, _) => offers.Add(offer), default)).ConfigureAwait(false);
        }

        if (offers.Count == 0)
        {
            _none++;
            return;
        }

        _offered++;
        var applied = (await offers[0].GetOperationsAsync(default).ConfigureAwait(false)).OfType<ApplyChangesOperation>().Single();
        var mended = applied.ChangedSolution.GetDocument(document.Id);
        var (before, after) = (await ErrorsAsync(document).ConfigureAwait(false), await ErrorsAsync(mended).ConfigureAwait(false));
        if (after > before)
        {
            _broken++;
            Console.WriteLine($"    BROKEN by '{offers[0].Title}': {after - before} new errors");
        }
        else if (await FindingsAsync(mended, finding.Id).ConfigureAwait(false) >= await FindingsAsync(document, finding.Id).ConfigureAwait(false))
        {
            _left++;
            Console.WriteLine($"    LEFT by '{offers[0].Title}'");
        }
    }

    public void Report()
    {
        if (_offered + _none > 0)
        {
            Console.WriteLine($"fixes: {_offered} applied, {_broken} broke the code, {_left} left a finding, {_none} findings without an offer");
        }
    }

    private static async Task<int> ErrorsAsync(Document? document) => document is null || await document.GetSemanticModelAsync().ConfigureAwait(false) is not { } model
        ? 0
        : model.GetDiagnostics().Count(each => each.Severity == DiagnosticSeverity.Error);

    private static async Task<int> FindingsAsync(Document? document, string id)
    {
        if (document is null || await document.GetSemanticModelAsync().ConfigureAwait(false) is not { } model)
        {
            return 0;
        }

        var rule = typeof(ThreadSleepInAsyncAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!) // a class is never null
            .First(each => each.SupportedDiagnostics.Any(rule => rule.Id == id));
        var found = await model.Compilation.WithAnalyzers([rule]).GetAnalyzerSemanticDiagnosticsAsync(model, null, default).ConfigureAwait(false);
        return found.Count(each => each.Id == id);
    }
}
