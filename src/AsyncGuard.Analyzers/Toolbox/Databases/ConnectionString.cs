using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>What does a connection string set, and where in it? Read by the grammar of <c>DbConnectionStringBuilder</c>.</summary>
/// <param name="Settings">In the order of the text; of two with the same keyword the provider takes the last.</param>
/// <param name="IsWhole">Whether these are all: not where an interpolation may bring further ones, nor behind what cannot be parsed.</param>
internal sealed record ConnectionString(ImmutableArray<ConnectionSetting> Settings, bool IsWhole)
{
    /// <summary>Stands in a text for a part that only the run will know.</summary>
    public const char Hole = '\uFFFC';

    private static readonly ImmutableArray<string> WhereKeywords =
    [
        "Server", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address", "Database", "Initial Catalog", "Filename", "AttachDbFilename",
        "User", "User ID", "UserID", "Uid", "Username", "User Name", "Integrated Security", "Trusted_Connection",
    ];

    public static ConnectionString Parse(string text)
    {
        var found = ImmutableArray.CreateBuilder<ConnectionSetting>();
        var isWhole = true;
        var at = 0;
        while (SkipTo(text, ref at))
        {
            var start = at;
            switch (EndOfKeyword(text, ref at))
            {
                case KeywordEnd.Part when text.IndexOf(Hole, start, at - start) >= 0:
                    isWhole = false; // "{anything};Timeout=5"
                    continue;
                case KeywordEnd.Equals when ReadValue(text, start, at, ref at) is { } setting:
                    isWhole &= setting.Keyword.IndexOf(Hole) < 0;
                    found.Add(setting);
                    continue;
                default:
                    return new(found.ToImmutable(), IsWhole: false);
            }
        }

        return new(found.ToImmutable(), isWhole);
    }

    /// <summary>Whether it names a database, a server or a user, as a connection string does and "a = 1; b = 2" does not.</summary>
    public bool SaysWhere => Effective(WhereKeywords) is not null;

    /// <summary>The setting that counts among those with one of these keywords.</summary>
    public ConnectionSetting? Effective(ImmutableArray<string> keywords)
    {
        for (var i = Settings.Length - 1; i >= 0; i--)
        {
            if (Settings[i].Is(keywords))
            {
                return Settings[i];
            }
        }

        return null;
    }

    private enum KeywordEnd
    {
        Equals,
        Part,
        Broken,
    }

    private static bool SkipTo(string text, ref int at)
    {
        while (at < text.Length && (text[at] is ';' or '\0' || char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        return at < text.Length;
    }

    private static KeywordEnd EndOfKeyword(string text, ref int at)
    {
        var start = at;
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '=' when at + 1 < text.Length && text[at + 1] == '=':
                    at++;
                    break;
                case '=':
                    return at > start ? KeywordEnd.Equals : KeywordEnd.Broken;
                case ';':
                    return KeywordEnd.Part;
                case var other when char.IsControl(other) && !char.IsWhiteSpace(other):
                    return KeywordEnd.Broken;
            }
        }

        return KeywordEnd.Part;
    }

    private static ConnectionSetting? ReadValue(string text, int start, int equals, ref int at)
    {
        at = equals + 1;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        var from = at;
        if (ConnectionValue.Read(text, ref at) is not { } value)
        {
            return null;
        }

        var keyword = text.Substring(start, equals - start).TrimEnd();
        return new(keyword.Replace("==", "="), value, new(start, keyword.Length), TextSpan.FromBounds(from, at));
    }
}
