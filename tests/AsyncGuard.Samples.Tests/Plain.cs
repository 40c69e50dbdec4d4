using AsyncGuard.Showcase.Drawing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard;

/// <summary>What a terminal without colours shows.</summary>
internal static class Plain
{
    public static string[] Lines(IRenderable what)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = SvgPicture.Columns;
        console.Profile.Capabilities.Unicode = true;
        console.Write(what);
        return [.. text.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }
}
