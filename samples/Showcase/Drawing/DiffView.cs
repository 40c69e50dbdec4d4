using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase.Drawing;

/// <summary>What changed in a file, with a line or two around each change.</summary>
internal static class DiffView
{
    private const int Context = 1;
    private const int Columns = SvgPicture.Columns - 2;

    public static IRenderable Of(string file, string before, string after)
    {
        var lines = InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false).Lines;
        var shown = new List<string> { $"[bold]{Markup.Escape(file)}[/]" };
        var isGap = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsNearChange(lines, i))
            {
                shown.Add(Line(lines[i]));
                isGap = false;
            }
            else if (!isGap)
            {
                shown.Add("[blue]  ⋯[/]");
                isGap = true;
            }
        }

        return new Markup(string.Join('\n', shown)) { Overflow = Overflow.Ellipsis };
    }

    private static bool IsNearChange(List<DiffPiece> lines, int index)
    {
        for (var i = Math.Max(0, index - Context); i <= Math.Min(lines.Count - 1, index + Context); i++)
        {
            if (lines[i].Type != ChangeType.Unchanged)
            {
                return true;
            }
        }

        return false;
    }

    private static string Line(DiffPiece line) => line.Type switch
    {
        ChangeType.Inserted => $"[green]+ {Shortened(line.Text)}[/]",
        ChangeType.Deleted => $"[red]- {Shortened(line.Text)}[/]",
        _ => $"[grey]  {Shortened(line.Text)}[/]",
    };

    // A line that wrapped would lose its sign.
    private static string Shortened(string line) => Markup.Escape(line.Length > Columns ? line[..(Columns - 1)] + '…' : line);
}
