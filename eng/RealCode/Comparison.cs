namespace AsyncGuard.RealCode;

/// <summary>What a repository's findings are beside the judged ones: known, new, gone or moved.</summary>
internal sealed class Comparison
{
    private readonly SortedDictionary<string, Tally> _tallies = new(StringComparer.Ordinal);

    /// <summary>How many of the judged Warnings that are here are true, in percent; arguable ones are not.</summary>
    public double TrueWarnings => ShareOfWarnings(each => each.Judged);

    public void Add(Checkout checkout, IReadOnlyCollection<Finding> found, JudgedFindings judged, Func<string, bool> shows)
    {
        if (judged.CommitOf(checkout.Name) is not { } commit)
        {
            Console.WriteLine($"{checkout.Name} has no judged findings: {found.Count} are new.");
            found.ToList().ForEach(each => Of(each.Rule).Unjudged++);
            return;
        }

        if (commit != checkout.Commit)
        {
            Console.WriteLine($"{checkout.Name} was judged at {commit} and is here at {checkout.Commit}: check that commit out, or judge anew. Not compared.");
            return;
        }

        var rows = judged.In(checkout.Name).Where(each => shows(each.Finding.Rule)).ToList();
        foreach (var finding in found)
        {
            Of(finding.Rule).Count(judged.Of(finding));
        }

        Explain([.. found.Where(each => judged.Of(each) is null)], [.. rows.Where(each => each.Verdict != Verdict.Missed && !found.Contains(each.Finding))]);
        foreach (var (gained, _) in rows.Where(each => each.Verdict == Verdict.Missed && found.Contains(each.Finding)))
        {
            Console.WriteLine($"  GAINED  {Text(gained)}: it was missed");
        }

        foreach (var (missed, _) in rows.Where(each => each.Verdict == Verdict.Missed && !found.Contains(each.Finding)))
        {
            Of(missed.Rule).Missed++;
        }
    }

    public void Report()
    {
        Console.WriteLine($"\n{"rule",-10}{"true",6}{"false",7}{"arguable",10}{"missed",8}{"unjudged",10}{"% true",8}");
        foreach (var (rule, tally) in _tallies)
        {
            Console.WriteLine($"{rule,-10}{tally.True,6}{tally.False,7}{tally.Arguable,10}{tally.Missed,8}{tally.Unjudged,10}{Share(tally.True, tally.Judged),8:0.0}");
        }

        Console.WriteLine($"Warnings that are true: {TrueWarnings:0.0} of 100 judged ones, {ShareOfWarnings(each => each.True + each.False):0.0} of 100 without the arguable ones");
    }

    private double ShareOfWarnings(Func<Tally, int> whole)
    {
        var warnings = _tallies.Where(each => Rules.IsWarning(each.Key)).Select(each => each.Value).ToList();
        return Share(warnings.Sum(each => each.True), warnings.Sum(whole));
    }

    private static double Share(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;

    private static string Text(Finding finding) => $"{finding.Rule} {finding.Repository}/{finding.File}:{finding.Line}";

    // The same rule elsewhere in the file, or another rule on the line, is the same defect seen from another place.
    private static void Explain(List<Finding> news, List<(Finding Finding, Verdict Verdict)> gone)
    {
        foreach (var finding in news)
        {
            var from = gone.Where(each => each.Finding.File == finding.File && (each.Finding.Rule == finding.Rule || each.Finding.Line == finding.Line))
                .OrderBy(each => Math.Abs(each.Finding.Line - finding.Line)).FirstOrDefault();
            gone.Remove(from);
            Console.WriteLine(from.Finding is null ? $"  NEW     {Text(finding)}" : $"  MOVED   {Text(finding)}: from {from.Finding.Rule} in line {from.Finding.Line}, judged {from.Verdict}");
        }

        gone.ForEach(each => Console.WriteLine($"  GONE    {Text(each.Finding)}: judged {each.Verdict}"));
    }

    private Tally Of(string rule) => _tallies.TryGetValue(rule, out var tally) ? tally : _tallies[rule] = new();

    private sealed class Tally
    {
        public int True { get; private set; }

        public int False { get; private set; }

        public int Arguable { get; private set; }

        public int Missed { get; set; }

        public int Unjudged { get; set; }

        public int Judged => True + False + Arguable;

        public void Count(Verdict? verdict)
        {
            switch (verdict)
            {
                case Verdict.False:
                    False++;
                    break;
                case Verdict.Arguable:
                    Arguable++;
                    break;
                case null:
                    Unjudged++;
                    break;
                default:
                    True++;
                    break;
            }
        }
    }
}
