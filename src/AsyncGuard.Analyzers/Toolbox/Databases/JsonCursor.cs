using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>A place in a JSON file, and how far the token there reaches.</summary>
internal sealed class JsonCursor(SourceText source)
{
    private int _at;

    public char Current => source[_at];

    public char Take() => source[_at++];

    public string TextOf(TextSpan span) => source.ToString(span);

    /// <summary>Moves to what is neither white space nor a comment; <see langword="false"/> at the end.</summary>
    public bool SkipBlank()
    {
        while (_at < source.Length)
        {
            if (char.IsWhiteSpace(source[_at]) || source[_at] == '\uFEFF')
            {
                _at++;
            }
            else if (source[_at] == '/' && _at + 1 < source.Length && source[_at + 1] is '/' or '*')
            {
                SkipComment(isLine: source[_at + 1] == '/');
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves behind the string that begins here, quotes included; a JSON string ends on its line.</summary>
    public TextSpan? SkipString()
    {
        for (var i = _at + 1; i < source.Length && source[i] is not ('\n' or '\r'); i++)
        {
            if (source[i] == '"')
            {
                var span = TextSpan.FromBounds(_at, i + 1);
                _at = i + 1;
                return span;
            }

            i += source[i] == '\\' ? 1 : 0;
        }

        return null;
    }

    /// <summary>Moves behind a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public bool SkipWord()
    {
        var start = _at;
        while (_at < source.Length && (char.IsLetterOrDigit(source[_at]) || source[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        return _at > start;
    }

    private void SkipComment(bool isLine)
    {
        var start = _at + 2;
        for (_at = start; _at < source.Length; _at++)
        {
            if (isLine ? source[_at] == '\n' : source[_at] == '/' && _at > start && source[_at - 1] == '*')
            {
                _at++;
                return;
            }
        }
    }
}
