using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Rules;

/// <summary>ASG3001 in a settings file: the same.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".json"]), Shared]
public sealed class InfiniteTimeoutInSettingsFix() : SettingsFileFix(InfiniteDatabaseTimeoutFix.Title, InfiniteDatabaseTimeoutAnalyzer.Id)
{
    internal override TextChange? Change(Diagnostic finding) =>
        finding.Properties.TryGetValue(InfiniteDatabaseTimeoutAnalyzer.New, out var setting) && setting is not null
            ? new(finding.Location.SourceSpan, setting)
            : null;
}
