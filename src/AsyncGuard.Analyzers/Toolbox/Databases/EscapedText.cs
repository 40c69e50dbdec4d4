using System.Globalization;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which characters does a piece of source stand for, and where does each of them stand?</summary>
internal static class EscapedText
{
    /// <summary>With backslashes, as in an ordinary C# literal and in JSON; <paramref name="doubled"/> characters are written twice (<c>{{</c>).</summary>
    public static void Read(string source, int start, string doubled, PlacedText.Builder into)
    {
        for (var i = 0; i < source.Length;)
        {
            if (source[i] == '\\' && i + 1 < source.Length)
            {
                var (character, length) = Unescape(source, i);
                into.Add(character, new(start + i, length));
                i += length;
                continue;
            }

            i += AddOne(source, i, start, doubled, into);
        }
    }

    /// <summary>Without backslashes, as in a verbatim or raw literal.</summary>
    public static void ReadVerbatim(string source, int start, string doubled, PlacedText.Builder into)
    {
        for (var i = 0; i < source.Length;)
        {
            i += AddOne(source, i, start, doubled, into);
        }
    }

    /// <summary>A raw literal: its value is its source without the indentation of its lines.</summary>
    public static void ReadRaw(string source, int start, string value, PlacedText.Builder into)
    {
        var at = 0;
        foreach (var character in value)
        {
            while (at < source.Length - 1 && source[at] != character)
            {
                at++;
            }

            into.Add(character, new(start + at, 1));
            at++;
        }
    }

    private static int AddOne(string source, int at, int start, string doubled, PlacedText.Builder into)
    {
        var length = doubled.IndexOf(source[at]) >= 0 && at + 1 < source.Length && source[at + 1] == source[at] ? 2 : 1;
        into.Add(source[at], new(start + at, length));
        return length;
    }

    // A surrogate pair (\U) counts as one unknown character: no keyword has any.
    private static (char Character, int Length) Unescape(string source, int at) => source[at + 1] switch
    {
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        '0' => ('\0', 2),
        'a' => ('\a', 2),
        'b' => ('\b', 2),
        'f' => ('\f', 2),
        'v' => ('\v', 2),
        'e' => ('\u001B', 2),
        'u' => Hexadecimal(source, at, digits: 4),
        'U' => Hexadecimal(source, at, digits: 8),
        'x' => Hexadecimal(source, at, DigitsAfter(source, at + 2)),
        var other => (other, 2),
    };

    private static (char Character, int Length) Hexadecimal(string source, int at, int digits)
    {
        var length = Math.Min(digits, source.Length - at - 2);
        return int.TryParse(source.Substring(at + 2, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= char.MaxValue
            ? ((char)code, length + 2)
            : (ConnectionString.Hole, length + 2);
    }

    private static int DigitsAfter(string source, int at)
    {
        var length = 0;
        while (length < 4 && at + length < source.Length && Uri.IsHexDigit(source[at + length]))
        {
            length++;
        }

        return length;
    }
}
