using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AsyncGuard.RealCode;

/// <summary>What people who read the source thought of a finding.</summary>
internal enum Verdict
{
    /// <summary>A defect, rightly reported.</summary>
    True,

    /// <summary>Reported, but fine.</summary>
    False,

    /// <summary>A careful reviewer could say either.</summary>
    Arguable,

    /// <summary>A defect of this rule that is not reported.</summary>
    Missed,
}

/// <summary>The findings of repositories at given commits that someone has judged by reading, one a line.</summary>
internal sealed class JudgedFindings
{
    public const string Columns = "repository\tcommit\tfile\tline\trule\tverdict\treason";

    private readonly Dictionary<Finding, Verdict> _verdicts = [];
    private readonly Dictionary<string, string> _commits = [];

    public static bool TryRead(string path, [NotNullWhen(true)] out JudgedFindings? judged, [NotNullWhen(false)] out string? mistake)
    {
        judged = new();
        mistake = null;
        var number = 0;
        foreach (var row in File.ReadLines(path))
        {
            number++;
            if (row.Length > 0 && !row.StartsWith('#') && row != Columns && judged.Add(row) is { } wrong)
            {
                (judged, mistake) = (null, $"{path}:{number}: {wrong}");
                return false;
            }
        }

        return true;
    }

    public Verdict? Of(Finding finding) => _verdicts.TryGetValue(finding, out var verdict) ? verdict : null;

    /// <summary>The commit at which a repository was judged; lines of another commit mean nothing here.</summary>
    public string? CommitOf(string repository) => _commits.GetValueOrDefault(repository);

    public IEnumerable<(Finding Finding, Verdict Verdict)> In(string repository) =>
        from each in _verdicts
        where each.Key.Repository == repository
        select (each.Key, each.Value);

    private string? Add(string row)
    {
        if (row.Split('\t') is not [var repository, var commit, var file, var line, var rule, var verdict, ..])
        {
            return $"six columns at least, divided by tabs, please: {Columns.Replace("\t", ", ", StringComparison.Ordinal)}";
        }

        if (!int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return $"'{line}' is no line number";
        }

        if (Array.Find(Enum.GetNames<Verdict>(), name => string.Equals(name, verdict, StringComparison.OrdinalIgnoreCase)) is not { } named)
        {
            return $"the verdict '{verdict}' is none of true, false, arguable and missed";
        }

        if (_commits.TryGetValue(repository, out var other) && other != commit)
        {
            return $"{repository} is judged at {commit} here and at {other} above; keep one";
        }

        _commits[repository] = commit;
        return _verdicts.TryAdd(new(repository, file, number, rule), Enum.Parse<Verdict>(named)) ? null : "this finding is judged above already";
    }
}
