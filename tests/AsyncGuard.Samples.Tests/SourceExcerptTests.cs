using AsyncGuard.Rules;
using AsyncGuard.Showcase.Drawing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard;

public sealed class SourceExcerptTests
{
    private const string Source = "class C\n{\n    List<int>[] bad;\n}\n";

    private static readonly DiagnosticDescriptor Sleeps = new ThreadSleepInAsyncAnalyzer().SupportedDiagnostics[0];

    [Fact]
    public void Shows_place_line_carets_and_help_link() => Assert.Equal(
        [
            "warning ASG4004: 'List<int>[]' blocks its thread here; await Task.Delay instead",
            "  ╭─ C.cs:3:17",
            "3 │ List<int>[] bad;",
            "  │             ^^^",
            "  ╰─ " + Sleeps.HelpLinkUri,
        ],
        Plain.Lines(SourceExcerpt.Of(Finding("bad"), SourceText.From(Source))));

    private static Diagnostic Finding(string text)
    {
        var span = new TextSpan(Source.IndexOf(text, StringComparison.Ordinal), text.Length);
        return Diagnostic.Create(Sleeps, Location.Create("C.cs", span, SourceText.From(Source).Lines.GetLinePositionSpan(span)), "List<int>[]");
    }
}
