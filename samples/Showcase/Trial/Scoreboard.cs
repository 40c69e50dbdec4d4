using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase.Trial;

/// <summary>The contest as it stands: a bar for every job of both houses.</summary>
internal static class Scoreboard
{
    public static IRenderable Draw(Contest contest)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Width(16)).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
        grid.AddRow("[grey]second[/]", Ruler(contest.Schedule), string.Empty);
        grid.AddRow("[grey]the database[/]", Weather(contest.Schedule), string.Empty);
        foreach (var lane in (Lane[])[contest.Before, contest.After])
        {
            grid.AddEmptyRow();
            grid.AddRow($"[bold]{lane.House.Name}[/]", Log(lane), string.Empty);
            foreach (var track in lane.Tracks)
            {
                grid.AddRow(track.Job.Name, Bar(track), Count(track, contest.Schedule));
            }
        }

        var second = Math.Min((int)contest.Elapsed.TotalSeconds, contest.Schedule.Seconds);
        return new Rows(grid, Text.Empty, new Markup($"[grey]second {second} of {contest.Schedule.Seconds}:[/] {contest.Phase}"));
    }

    private static string Ruler(Schedule schedule)
    {
        var ruler = new StringBuilder();
        for (var second = 0; second < schedule.Seconds; second += 5)
        {
            ruler.Append(second.ToString(CultureInfo.InvariantCulture).PadRight(10));
        }

        return $"[grey]{ruler.ToString().TrimEnd()}[/]";
    }

    private static string Weather(Schedule schedule) =>
        $"[grey]{new string('─', 2 * schedule.OutageAt)}[/]"
        + $"[yellow]{Centred("lock", 2 * (schedule.TablesAwayAt - schedule.OutageAt))}{Centred("gone", 2 * (schedule.OutageEnds - schedule.TablesAwayAt))}[/]"
        + $"[grey]{new string('─', 2 * (schedule.Seconds - schedule.OutageEnds))}[/]";

    private static string Centred(string text, int width)
    {
        var left = (width - text.Length) / 2;
        return new string('▒', left) + text + new string('▒', width - text.Length - left);
    }

    private static string Log(Lane lane) =>
        $"process {(lane.House.IsRunning ? "running" : "[red]gone[/]")}[grey],[/] errors logged: {lane.House.ErrorsLogged}[grey],[/] restarts: {lane.House.Restarts}";

    private static string Bar(Track track)
    {
        var bar = new StringBuilder();
        foreach (var beat in track.Beats)
        {
            bar.Append(beat switch
            {
                Beat.UpToDate => "[green]▇▇[/]",
                Beat.Outage => "[yellow]▒▒[/]",
                _ => "[red]··[/]",
            });
        }

        return bar.ToString();
    }

    private static string Count(Track track, Schedule schedule)
    {
        var color = track.IsUpToDate ? "green" : "red";
        return $"[{color}]{track.Done,2} of {schedule.Total(track.Job)}[/] {track.Job.Done.Split(' ')[1]}";
    }
}
