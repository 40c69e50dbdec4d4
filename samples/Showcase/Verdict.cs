using System.Globalization;
using AsyncGuard.Showcase.Trial;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase;

/// <summary>What had to happen, and whether it did.</summary>
internal sealed class Verdict
{
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(12);

    private const string WalletFailure = "no such table: deposits";
    private const string Locked = "database is locked";

    private readonly List<(bool Held, string Claim)> _claims = [];

    public bool Holds => _claims.TrueForAll(each => each.Held);

    public void Claim(bool held, string claim) => _claims.Add((held, claim));

    public void Judge(Contest contest)
    {
        foreach (var track in contest.Before.Tracks)
        {
            Claim(track.Done < contest.Schedule.Total(track.Job), $"Before, the {track.Job.Name} stopped for good");
        }

        Claim(contest.Before.House.IsRunning, "Before, the process ran on as if nothing had happened");
        foreach (var error in (string[])[Schedule.PoisonAmount, WalletFailure, Locked])
        {
            Claim(!contest.Before.House.Says(error), $"Before, the log says nothing of \"{error}\"");
            Claim(contest.After.House.Says(error), $"After, the log says \"{error}\"");
        }

        foreach (var track in contest.After.Tracks)
        {
            Claim(track.Done == contest.Schedule.Total(track.Job), $"After, the {track.Job.Name} has left nothing undone");
        }

        Claim(contest.After.RecoveredAfter < RecoversWithin, "After, all jobs recovered by themselves");
    }

    public static IRenderable Summary(Contest contest)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey)
            .AddColumn(string.Empty).AddColumn("[bold]Before[/]").AddColumn("[bold]After[/]");
        foreach (var (before, after) in contest.Before.Tracks.Zip(contest.After.Tracks))
        {
            table.AddRow(before.Job.Done, Count(before, contest.Schedule), Count(after, contest.Schedule));
        }

        table.AddRow("The unreadable deposit", Word(contest.Before, Schedule.PoisonAmount), Word(contest.After, Schedule.PoisonAmount));
        table.AddRow("What stopped the wallet checker", Word(contest.Before, WalletFailure), Word(contest.After, WalletFailure));
        table.AddRow("The locked database", Word(contest.Before, Locked), Word(contest.After, Locked));
        table.AddRow("Errors logged", Number(contest.Before.House.ErrorsLogged), Number(contest.After.House.ErrorsLogged));
        table.AddRow("Restarts", Number(contest.Before.House.Restarts), Number(contest.After.House.Restarts));
        table.AddRow("Well again after the outage", Recovery(contest.Before), Recovery(contest.After));
        table.AddRow("Jobs alive at the end", Alive(contest.Before), Alive(contest.After));
        table.AddRow("What a process monitor sees", Process(contest.Before), Process(contest.After));
        return table;
    }

    public IRenderable Failures() => new Rows(_claims.Where(each => !each.Held).Select(each => new Markup($"[red]✗ did not hold: {Markup.Escape(each.Claim)}[/]")));

    public string LastWord() => Holds
        ? $"[green]✓ All {_claims.Count} claims held.[/] Before lost work in silence; After, the same code with its fixes, lost nothing."
        : $"[red]✗ {_claims.Count(each => !each.Held)} of {_claims.Count} claims did not hold.[/]";

    private static string Count(Track track, Schedule schedule)
    {
        var total = schedule.Total(track.Job);
        return $"[{(track.Done == total ? "green" : "red")}]{track.Done} of {total}[/]";
    }

    private static string Word(Lane lane, string error) => lane.House.Says(error) ? "[green]logged[/]" : "[red]not a word[/]";

    private static string Process(Lane lane) => lane.House.IsRunning ? "running" : "[red]gone[/]";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Recovery(Lane lane) => lane.RecoveredAfter is { } after
        ? string.Create(CultureInfo.InvariantCulture, $"[green]after {after.TotalSeconds:0.0} s[/]")
        : "[red]never[/]";

    private static string Alive(Lane lane) => $"[{(lane.JobsAlive == lane.Tracks.Length ? "green" : "red")}]{lane.JobsAlive} of {lane.Tracks.Length}[/]";
}
