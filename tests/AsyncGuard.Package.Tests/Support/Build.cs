using System.Text.RegularExpressions;

namespace AsyncGuard.Support;

/// <summary>How a command ended and what it reported.</summary>
internal sealed partial record Build(int ExitCode, string Output)
{
    /// <summary>Each warning and error once, as <c>File.cs(3): warning ID</c>.</summary>
    public IEnumerable<string> Reports => Report.Matches(Output).Select(Short).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The same with the message, for what has no line to mark.</summary>
    public IEnumerable<string> Messages => Report.Matches(Output).Select(match => $"{match.Groups["id"].Value}: {match.Groups["text"].Value}").Distinct();

    /// <summary>It ended well and had nothing to say.</summary>
    public void WasSilent() => Reported([]);

    /// <summary>It ended well and said just this.</summary>
    public void Reported(IEnumerable<string> expected)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), Reports);
        Succeeded();
    }

    public void Succeeded() => Assert.True(ExitCode == 0, Output);

    public void Failed() => Assert.True(ExitCode != 0, Output);

    private static string Short(Match match)
    {
        var line = match.Groups["line"] is { Success: true } found ? $"({found.Value})" : "";
        return $"{Path.GetFileName(match.Groups["file"].Value)}{line}: {match.Groups["kind"].Value} {match.Groups["id"].Value}";
    }

    [GeneratedRegex(@"^\s*(?<file>[^\s(][^(\r\n]*?)(\((?<line>\d+),\d+\))?\s*: (?<kind>warning|error) (?<id>\w+): (?<text>.*?)( \[[^\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Report { get; }
}
