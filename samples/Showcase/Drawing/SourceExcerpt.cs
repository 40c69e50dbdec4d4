using System.Globalization;
using Microsoft.CodeAnalysis.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase.Drawing;

/// <summary>A finding as a compiler shows it: where, the line, and what it is about.</summary>
internal static class SourceExcerpt
{
    public static IRenderable Of(Diagnostic finding, SourceText text)
    {
        var at = finding.Location.GetLineSpan();
        var line = text.Lines[at.StartLinePosition.Line].ToString();
        var number = (at.StartLinePosition.Line + 1).ToString(CultureInfo.InvariantCulture);
        var indentation = line.Length - line.TrimStart().Length;
        var end = at.EndLinePosition.Line == at.StartLinePosition.Line ? at.EndLinePosition.Character : line.Length;
        var start = at.StartLinePosition.Character;
        var gutter = new string(' ', number.Length);

        return new Markup(string.Join('\n',
            $"[yellow]warning {finding.Id}[/][bold]: {Markup.Escape(finding.GetMessage(CultureInfo.InvariantCulture))}[/]",
            $"{gutter} [blue]╭─[/] {Markup.Escape(Path.GetFileName(at.Path))}:{number}:{start + 1}",
            $"[blue]{number} │[/] {Marked(line, indentation, start, end)}",
            $"{gutter} [blue]│[/] {new string(' ', start - indentation)}[yellow]{new string('^', Math.Max(1, end - start))}[/]",
            $"{gutter} [blue]╰─[/] [grey]{Markup.Escape(finding.Descriptor.HelpLinkUri)}[/]"))
        { Overflow = Overflow.Ellipsis };
    }

    private static string Marked(string line, int indentation, int start, int end) =>
        Markup.Escape(line[indentation..start]) + "[yellow]" + Markup.Escape(line[start..end]) + "[/]" + Markup.Escape(line[end..]);
}
