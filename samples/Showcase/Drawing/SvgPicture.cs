using System.Globalization;
using System.Security;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase.Drawing;

/// <summary>The screen as a picture of a terminal.</summary>
internal static class SvgPicture
{
    public const int Columns = 112;

    private const double CellWidth = 8.4;
    private const double RowHeight = 19;
    private const double Margin = 20;
    private const double TitleBar = 44;
    private const string Foreground = "#c9d1d9";

    // The sixteen colours have no fixed values: every terminal has its own.
    private static readonly Dictionary<Color, string> Terminal = new()
    {
        [Color.Default] = Foreground,
        [Color.Red] = "#ff7b72",
        [Color.Green] = "#56d364",
        [Color.Yellow] = "#e3b341",
        [Color.Blue] = "#79c0ff",
        [Color.Grey] = "#8b949e",
    };

    public static async Task WriteAsync(string file, IEnumerable<IRenderable> screen, CancellationToken cancel) =>
        await File.WriteAllTextAsync(file, Draw(Lines(screen)), cancel);

    private static List<SegmentLine> Lines(IEnumerable<IRenderable> screen)
    {
        using var nowhere = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Out = new AnsiConsoleOutput(nowhere) });
        console.Profile.Width = Columns;
        console.Profile.Capabilities.Unicode = true;
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        return [.. screen.SelectMany(each => Segment.SplitLines(each.Render(options, Columns)))];
    }

    private static string Draw(List<SegmentLine> lines)
    {
        var width = (Columns * CellWidth) + (2 * Margin);
        var height = TitleBar + (lines.Count * RowHeight) + Margin;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" role="img" aria-label="The showcase in a terminal">
            <style>text {"{"} font: 14px 'JetBrains Mono', 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: {Foreground}; white-space: pre; font-variant-ligatures: none {"}"}</style>
            <rect width="{width:0}" height="{height:0}" rx="10" fill="#0d1117"/>
            <circle cx="24" cy="20" r="6" fill="#ff5f57"/><circle cx="44" cy="20" r="6" fill="#febc2e"/><circle cx="64" cy="20" r="6" fill="#28c840"/>
            <text x="{width / 2:0}" y="25" text-anchor="middle" fill="#8b949e" style="fill:#8b949e">dotnet run --project samples/Showcase</text>

            """);
        for (var row = 0; row < lines.Count; row++)
        {
            DrawLine(svg, lines[row], TitleBar + ((row + 0.75) * RowHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawLine(StringBuilder svg, SegmentLine line, double y)
    {
        var column = 0;
        foreach (var run in Runs(line))
        {
            var cells = run.CellCount();
            if (!string.IsNullOrWhiteSpace(run.Text))
            {
                // Every font is a little wider or narrower; the length keeps columns under each other.
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Margin + (column * CellWidth):0.#}" y="{y:0.#}" textLength="{cells * CellWidth:0.#}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" style="{Css(run.Style)}">{SecurityElement.Escape(run.Text)}</text>""");
                svg.Append('\n');
            }

            column += cells;
        }
    }

    // Spectre.Console draws word by word.
    private static List<Segment> Runs(SegmentLine line)
    {
        var runs = new List<Segment>();
        foreach (var segment in line.Where(each => !each.IsControlCode))
        {
            if (runs is [.., var last] && last.Style.Equals(segment.Style))
            {
                runs[^1] = new Segment(last.Text + segment.Text, last.Style);
            }
            else
            {
                runs.Add(segment);
            }
        }

        return runs;
    }

    private static string Css(Style style)
    {
        var color = Terminal.TryGetValue(style.Foreground, out var known) ? known : "#" + style.Foreground.ToHex();
        return $"fill:{color}" + (style.Decoration.HasFlag(Decoration.Bold) ? ";font-weight:bold" : string.Empty);
    }
}
