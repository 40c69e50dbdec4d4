using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>One <c>keyword=value</c> of a connection string; the spans count from the string's first character.</summary>
internal readonly record struct ConnectionSetting(string Keyword, string Value, TextSpan KeywordSpan, TextSpan ValueSpan)
{
    public TextSpan Span => TextSpan.FromBounds(KeywordSpan.Start, ValueSpan.End);

    /// <summary>The value as a number; <see langword="null"/> where it is none, or only the run will know it.</summary>
    public long? Number => long.TryParse(Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Is(ImmutableArray<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (string.Equals(keyword, Keyword, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
