using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Rules;

/// <summary>ASG3008 in a settings file: appends the timeouts to the string.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".json"]), Shared]
public sealed class TimeoutInSettingsFix() : SettingsFileFix(DatabaseWithoutTimeoutFix.InString, DatabaseWithoutTimeoutAnalyzer.Id)
{
    // The finding spans the string with its quotes.
    internal override TextChange? Change(Diagnostic finding) =>
        finding.Properties.TryGetValue(TimeoutReport.Append, out var keywords) && keywords is not null
            ? new(new TextSpan(finding.Location.SourceSpan.End - 1, 0), keywords)
            : null;
}
