using System.Text.RegularExpressions;
using AsyncGuard.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Conventions;

/// <summary>Nothing is silenced without a word, and names say what a thing is.</summary>
public sealed partial class HonestyTests
{
    [Fact]
    public void No_source_has_a_warning_pragma() => Assert.All(SourceFiles.EndingIn(".cs"), file =>
    {
        var cancel = TestContext.Current.CancellationToken;
        var root = CSharpSyntaxTree.ParseText(Read(file), cancellationToken: cancel).GetRoot(cancel);
        Assert.DoesNotContain(root.DescendantTrivia(descendIntoTrivia: true), trivia => trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia));
    });

    [Fact]
    public void A_suppression_in_code_is_justified() => Assert.All(
        SourceFiles.EndingIn(".cs").SelectMany(file => Suppression.Matches(Read(file)).Select(match => $"{file}: {match.Value}")),
        each => Assert.Contains("Justification = \"", each, StringComparison.Ordinal));

    [Fact]
    public void A_warning_switched_off_in_a_project_has_its_reason_beside_it() => Assert.All(
        Lines(".csproj", ".props", ".targets").Where(line => line.Text.Contains("<NoWarn", StringComparison.Ordinal) || line.Text.Contains("<WarningsNotAsErrors", StringComparison.Ordinal)),
        line => Assert.True(line.Text.Contains("<!--", StringComparison.Ordinal) || line.Before.Contains("-->", StringComparison.Ordinal), $"{line.File}: {line.Text}"));

    [Fact]
    public void A_severity_lowered_in_a_config_has_its_reason_beside_it() => Assert.All(
        Lines(".editorconfig").Where(line => Lowered.IsMatch(line.Text)),
        line => Assert.True(line.Text.Contains('#', StringComparison.Ordinal) || line.SectionIsExplained, $"{line.File}: {line.Text}"));

    [Fact]
    public void No_type_or_file_is_named_for_what_it_is_near() => Assert.All(
        SourceFiles.EndingIn(".cs").Where(file => !file.StartsWith("samples/", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(@"(Helper|Util|Utils|Utilities|Manager|Common|Misc|Base)s?\.(Fix\.)?cs$", file));

    [Fact]
    public void Nothing_is_left_to_do_in_the_sources() => Assert.All(
        Lines(".cs").Where(line => line.File.StartsWith("src/", StringComparison.Ordinal)),
        line => Assert.DoesNotMatch(@"//.*\b(TODO|FIXME|HACK|XXX)\b", line.Text));

    [Fact]
    public void No_source_file_is_longer_than_a_reader_s_breath() => Assert.All(
        SourceFiles.EndingIn(".cs").Where(file => !file.StartsWith("samples/", StringComparison.Ordinal)),
        file => Assert.True(File.ReadLines(Repository.PathOf(file)).Count() <= (IsShort(file) ? 150 : 400), $"{file} is too long; split it by concept."));

    private static bool IsShort(string file) =>
        file.StartsWith("src/AsyncGuard.Analyzers/", StringComparison.Ordinal) || file.StartsWith("src/AsyncGuard.CodeFixes/", StringComparison.Ordinal);

    private static string Read(string file) => File.ReadAllText(Repository.PathOf(file));

    private static IEnumerable<Line> Lines(params string[] endings)
    {
        foreach (var file in SourceFiles.EndingIn(endings))
        {
            var (before, sectionIsExplained) = ("", false);

            foreach (var text in File.ReadLines(Repository.PathOf(file)))
            {
                sectionIsExplained = text.StartsWith('[') ? before.StartsWith('#') : sectionIsExplained;
                yield return new(file, text, before, sectionIsExplained);
                before = text;
            }
        }
    }

    private sealed record Line(string File, string Text, string Before, bool SectionIsExplained);

    [GeneratedRegex(@"\[(assembly: )?(Unconditional)?SuppressMessage\([^\]]*\]")]
    private static partial Regex Suppression { get; }

    [GeneratedRegex(@"^\s*dotnet_(diagnostic|analyzer_diagnostic)\..*severity\s*=\s*(none|silent|suggestion)")]
    private static partial Regex Lowered { get; }
}
