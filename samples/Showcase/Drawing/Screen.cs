using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase.Drawing;

/// <summary>What the reader sees, and what of it goes into the picture.</summary>
internal sealed class Screen(IAnsiConsole console)
{
    private readonly List<IRenderable> _picture = [];

    /// <summary>Whether lines can be drawn over; where they cannot, everything is printed once.</summary>
    public bool IsLive => console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi;

    public IReadOnlyList<IRenderable> Picture => _picture;

    public static Screen Open()
    {
        var console = AnsiConsole.Console;
        console.Profile.Width = Console.IsOutputRedirected ? SvgPicture.Columns : Math.Min(console.Profile.Width, SvgPicture.Columns);
        return new Screen(console);
    }

    public void Write(IRenderable what)
    {
        WriteAside(what);
        _picture.Add(what);
    }

    /// <summary>Shown, but not in the picture, which has room for one of a kind.</summary>
    public void WriteAside(IRenderable what)
    {
        console.Write(what);
        console.WriteLine();
    }

    public void Line(string markup) => Write(new Markup(markup));

    public void Aside(string markup) => WriteAside(new Markup(markup));

    public void Chapter(string title)
    {
        WriteAside(Text.Empty);
        _picture.Add(Text.Empty);
        Write(new Rule($"[bold]{title}[/]") { Justification = Justify.Left, Style = new Style(Color.Blue) });
    }

    /// <summary>Does something that takes a while, under a line that says what.</summary>
    public async Task<T> WaitAsync<T>(string what, Func<Task<T>> work)
    {
        if (IsLive)
        {
            return await console.Status().Spinner(Spinner.Known.Dots).StartAsync(what, _ => work());
        }

        Aside($"[grey]{what} …[/]");
        return await work();
    }

    /// <summary>Draws anew whenever the work has something to show; what stands at the end stays.</summary>
    public async Task LiveAsync(Func<IRenderable> draw, Func<Action, Task> work)
    {
        if (IsLive)
        {
            await console.Live(draw()).StartAsync(async live => await work(() => live.UpdateTarget(draw())));
        }
        else
        {
            await work(() => { });
            console.Write(draw());
        }

        _picture.Add(draw());
    }
}
