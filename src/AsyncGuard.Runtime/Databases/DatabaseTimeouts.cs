using System.Data.Common;
using System.Globalization;
using System.Text;

namespace AsyncGuard;

/// <summary>Gives a connection string the time limits it lacks. Stateless, thread-safe.</summary>
public static class DatabaseTimeouts
{
    private const int LongestConnect = 1024;
    private const int KeepaliveSeconds = 30;

    /// <summary>Adds to a connection string the limits that it does not set itself; what it sets is kept as it is, text and order included.</summary>
    /// <remarks>
    /// Added where absent: for PostgreSQL <c>Timeout</c>, <c>Command Timeout</c>, <c>Connection Lifetime</c> and <c>Keepalive=30</c>; for SQL Server <c>Connect Timeout</c>, <c>Command Timeout</c> and <c>Load Balance Timeout</c>;
    /// for MySQL <c>Connection Timeout</c>, <c>Default Command Timeout</c> and <c>Connection Lifetime</c>. Every spelling that the driver takes for the same setting counts as present.
    /// The defaults are those that ended an outage of web workers hung in database calls. Fractions of a second are rounded up: the drivers know whole seconds, and 0 would mean for ever.
    /// </remarks>
    /// <param name="connectionString">The connection string; may be empty.</param>
    /// <param name="kind">Whose it is.</param>
    /// <param name="connect">How long a connection may take to open, or be waited for from the pool. Default 10 s; longer than zero, at most 1024 s, which is the most that Npgsql takes.</param>
    /// <param name="command">How long a command may take. Default 30 s; longer than zero.</param>
    /// <param name="lifetime">After how long a pooled connection is replaced. Default 5 min; longer than zero.</param>
    /// <returns>The connection string with the limits.</returns>
    /// <exception cref="ArgumentNullException">The connection string is null.</exception>
    /// <exception cref="ArgumentException">The string is malformed, or uses another driver's word for one of these settings. The message never contains the string or any value of it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit or the kind is out of its range.</exception>
    public static string Apply(string connectionString, DatabaseKind kind, TimeSpan? connect = null, TimeSpan? command = null, TimeSpan? lifetime = null)
    {
        Check.Present(connectionString, nameof(connectionString));
        Check.Defined(kind, nameof(kind));
        List<(TimeoutKeywords Words, int Seconds)> limits =
        [
            (TimeoutKeywords.Connect(kind), Seconds(connect ?? TimeSpan.FromSeconds(10), LongestConnect, nameof(connect))),
            (TimeoutKeywords.Command(kind), Seconds(command ?? TimeSpan.FromSeconds(30), int.MaxValue, nameof(command))),
            (TimeoutKeywords.Lifetime(kind), Seconds(lifetime ?? TimeSpan.FromMinutes(5), int.MaxValue, nameof(lifetime))),
        ];
        if (kind == DatabaseKind.PostgreSql)
        {
            limits.Add((TimeoutKeywords.PostgreSqlKeepalive, KeepaliveSeconds));
        }

        var present = Parse(connectionString, kind);
        var result = new StringBuilder(connectionString.TrimEnd());
        foreach (var (words, seconds) in limits)
        {
            // The words printed are ours, never the string's.
            if (Array.Find(words.Strays, present.ContainsKey) is { } stray)
            {
                throw new ArgumentException($"The connection string contains '{stray}', which {kind} drivers refuse; they call it '{words.Keyword}'.", nameof(connectionString));
            }

            if (!Array.Exists(words.Spellings, present.ContainsKey))
            {
                Append(result, words.Keyword, seconds);
            }
        }

        return result.ToString();
    }

    private static DbConnectionStringBuilder Parse(string connectionString, DatabaseKind kind)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            // Neither the string nor the parser's own complaint goes on: both may carry a password.
            throw new ArgumentException($"The {kind} connection string is malformed: it must be a list of keyword=value pairs separated by semicolons, with values that contain one in quotes.", nameof(connectionString));
        }
    }

    private static void Append(StringBuilder result, string keyword, int value)
    {
        if (result.Length > 0 && result[result.Length - 1] != ';')
        {
            result.Append(';');
        }

        result.Append(keyword).Append('=').Append(value.ToString(CultureInfo.InvariantCulture));
    }

    private static int Seconds(TimeSpan value, int most, string name) =>
        (int)Check.Within(Math.Ceiling(value.TotalSeconds), 1, most, name);
}
