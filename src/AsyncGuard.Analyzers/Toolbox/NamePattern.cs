using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>A user's regular expression over names, compared without regard to case.</summary>
internal sealed class NamePattern
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    private readonly Regex _pattern;

    private NamePattern(Regex pattern) => _pattern = pattern;

    /// <summary>The pattern, or <see langword="null"/> where the text is none.</summary>
    public static NamePattern? TryParse(string text)
    {
        try
        {
            return new(new(text, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LongestMatch));
        }
        catch (ArgumentException) // the only way to ask whether a pattern is one
        {
            return null;
        }
    }

    /// <summary>Whether it matches; a pattern that takes longer than 100 ms over a name does not.</summary>
    public bool Matches(string name)
    {
        try
        {
            return _pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException) // a pattern that explodes must not end the analysis
        {
            return false;
        }
    }
}
