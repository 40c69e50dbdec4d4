using System.Globalization;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>What is the value behind a keyword's <c>=</c>: bare, or in quotes that are doubled inside?</summary>
internal static class ConnectionValue
{
    /// <summary>Moves behind the value; <see langword="null"/> where what stands there is none.</summary>
    public static string? Read(string text, ref int at) =>
        at < text.Length && text[at] is '"' or '\'' ? ReadQuoted(text, ref at) : ReadBare(text, ref at);

    private static string? ReadQuoted(string text, ref int at)
    {
        var quote = text[at];
        var start = ++at;
        for (; at < text.Length && text[at] != '\0'; at++)
        {
            if (text[at] != quote)
            {
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == quote)
            {
                at++;
                continue;
            }

            var value = text.Substring(start, at - start).Replace(new string(quote, 2), quote.ToString(CultureInfo.InvariantCulture));
            at++;
            return EndsPart(text, at) ? value : null;
        }

        return null;
    }

    private static string? ReadBare(string text, ref int at)
    {
        var start = at;
        var end = at;
        for (; at < text.Length && text[at] != ';' && (char.IsWhiteSpace(text[at]) || !char.IsControl(text[at])); at++)
        {
            end = char.IsWhiteSpace(text[at]) ? end : at + 1;
        }

        at = end;
        return EndsPart(text, at) && (end == start || text[end - 1] is not ('"' or '\'')) ? text.Substring(start, end - start) : null;
    }

    private static bool EndsPart(string text, int at)
    {
        while (at < text.Length && (text[at] == '\0' || char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        return at == text.Length || text[at] == ';';
    }
}
