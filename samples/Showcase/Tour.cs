using System.Diagnostics;
using AsyncGuard.Showcase.Drawing;
using AsyncGuard.Showcase.Service;
using AsyncGuard.Showcase.Trial;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AsyncGuard.Showcase;

/// <summary>The four chapters: found, fixed, built, survived.</summary>
internal sealed class Tour(Screen screen, Workshop workshop)
{
    // The picture has room for a few; the screen shows all.
    private static readonly string[] PicturedRules = ["ASG2003", "ASG1001", "ASG3008"];
    private const string PicturedFile = "AuctionsChecker.cs";

    private readonly Verdict _verdict = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public async Task<int> GoAsync(CancellationToken cancel)
    {
        screen.Line("[bold]AsyncGuard[/] on a small auction house: three background jobs, SQLite, PostgreSQL in production.");
        var service = await FindAsync(cancel);
        var mended = await FixAsync(service, cancel);
        await SurviveAsync(await BuildAsync(mended, cancel), cancel);
        return _verdict.Holds ? 0 : 1;
    }

    private async Task<Project> FindAsync(CancellationToken cancel)
    {
        screen.Chapter("1  Found");
        var service = ServiceProject.Load(Checkout.Before);
        var findings = await screen.WaitAsync("Analysing samples/AuctionHouse/Before", () => Findings.InAsync(service, cancel));
        foreach (var finding in findings)
        {
            var document = service.Documents.Concat(service.AdditionalDocuments).First(each => each.FilePath == Findings.PathOf(finding));
            var excerpt = SourceExcerpt.Of(finding, await document.GetTextAsync(cancel));
            Show(excerpt, isPictured: PicturedRules.Contains(finding.Id));
        }

        var rules = findings.Select(each => each.Id).Distinct().Count();
        screen.Line($"[yellow]{findings.Length} warnings of {rules} rules[/] in code that compiles, and that reviewers have let pass.");
        _verdict.Claim(Repair.Plan.All(each => findings.Any(finding => finding.Id == each.Id)), "every rule of the plan found its defect");
        return service;
    }

    private void Show(IRenderable what, bool isPictured)
    {
        if (isPictured)
        {
            screen.Write(what);
            screen.Write(Text.Empty);
        }
        else
        {
            screen.WriteAside(what);
            screen.WriteAside(Text.Empty);
        }
    }

    private async Task<ImmutableSortedDictionary<string, string>> FixAsync(Project service, CancellationToken cancel)
    {
        screen.Chapter("2  Fixed");
        var (project, applied) = await screen.WaitAsync("Applying the fixes in a scratch copy", () => Repairs.ApplyAsync(service, cancel));
        var before = await ServiceProject.TextsAsync(service, Checkout.Before, cancel);
        var after = await ServiceProject.TextsAsync(project, Checkout.Before, cancel);
        foreach (var (file, text) in after.Where(each => each.Value != before[each.Key]))
        {
            var diff = DiffView.Of(file, before[file], text);
            Show(diff, isPictured: file == PicturedFile);
        }

        foreach (var fix in applied)
        {
            screen.Aside($"[green]✓[/] {Markup.Escape(fix.Place)}[grey]:[/] {Markup.Escape(fix.Title)}");
        }

        var left = await Findings.InAsync(project, cancel);
        screen.Line($"[green]{applied.Length} fixes applied[/], {left.Length} warnings left. Nobody typed a character.");
        _verdict.Claim(left.IsEmpty, "the fixed code is silent");
        return after;
    }

    private async Task<string> BuildAsync(ImmutableSortedDictionary<string, string> mended, CancellationToken cancel)
    {
        screen.Chapter("3  Built");
        var before = await screen.WaitAsync("dotnet build, as it was", () => Workshop.BuildBeforeAsync(cancel));
        var (succeeded, output) = await screen.WaitAsync("dotnet build -warnaserror, with the fixes", () => workshop.BuildScratchAsync(mended, cancel));
        screen.Line(succeeded ? "[green]The scratch copy builds without a warning[/], every warning being an error." : "[red]The scratch copy does not build.[/]");
        if (!succeeded)
        {
            throw new InvalidOperationException(output);
        }

        _verdict.Claim(succeeded, "the fixed code builds without a warning");
        return before;
    }

    private async Task SurviveAsync(string before, CancellationToken cancel)
    {
        screen.Chapter("4  Survived");
        await using var old = await workshop.OpenHouseAsync("Before", before, cancel);
        await using var mended = await workshop.OpenHouseAsync("After", workshop.Scratch, cancel);
        var contest = new Contest(Schedule.Default, old, mended);
        screen.Aside("Both versions run side by side on databases of their own, and meet the same trouble.");
        var phase = string.Empty;
        await screen.LiveAsync(
            () => Scoreboard.Draw(contest),
            draw => contest.RunAsync(
                () =>
                {
                    draw();
                    if (!screen.IsLive && phase != contest.Phase)
                    {
                        phase = contest.Phase;
                        screen.Aside($"[grey]second {(int)contest.Elapsed.TotalSeconds}:[/] {Markup.Escape(phase)}");
                    }
                },
                cancel));

        _verdict.Judge(contest);
        screen.Chapter("In short");
        screen.Write(Verdict.Summary(contest));
        if (!_verdict.Holds)
        {
            screen.Write(_verdict.Failures());
        }

        screen.Line(_verdict.LastWord());
        screen.Aside($"[grey]{_watch.Elapsed.TotalSeconds:0} s. The sources: samples/AuctionHouse. What each rule says: docs/rules.[/]");
    }
}
