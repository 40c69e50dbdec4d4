namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which strings of an <c>appsettings*.json</c> are connection strings?</summary>
internal static class SettingsFile
{
    private const string Section = "ConnectionStrings";

    private static readonly ImmutableArray<string> ServerKeywords = ["Server", "Host", "Data Source", "DataSource", "Address", "Addr", "Network Address"];

    private static readonly ImmutableArray<string> DatabaseKeywords = ["Database", "Initial Catalog"];

    public static bool IsOne(AdditionalText file)
    {
        var name = Path.GetFileName(file.Path);
        return name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
    }

    public static ImmutableArray<ConfiguredString> Read(AdditionalText file, CancellationToken cancel)
    {
        if (file.GetText(cancel) is not { } source)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<ConfiguredString>();
        foreach (var text in JsonStrings.Read(source, span => Location.Create(file.Path, span, source.Lines.GetLinePositionSpan(span))))
        {
            if (text.Value.Text.IndexOf('=') > 0 && Judge(text) is { } configured)
            {
                found.Add(configured);
            }
        }

        return found.ToImmutable();
    }

    private static ConfiguredString? Judge(JsonString text)
    {
        var name = NameOf(text.Path);
        var settings = ConnectionString.Parse(text.Value.Text);
        var hasServer = settings.Effective(ServerKeywords) is not null;
        var hasDatabase = settings.Effective(DatabaseKeywords) is not null;
        return name is not null || (settings.Settings.Length > 1 && (hasServer || hasDatabase))
            ? new(name, text, settings, hasServer && hasDatabase)
            : null;
    }

    // "ConnectionStrings": { "Main": "…" } at any depth, or "ConnectionStrings:Main": "…"
    private static string? NameOf(ImmutableArray<string> path)
    {
        var segments = string.Join(":", path).Split(':');
        for (var i = segments.Length - 2; i >= 0; i--)
        {
            if (string.Equals(segments[i], Section, StringComparison.OrdinalIgnoreCase))
            {
                return string.Join(":", segments, i + 1, segments.Length - i - 1);
            }
        }

        return null;
    }
}

/// <summary>A connection string of a settings file.</summary>
/// <param name="Name">The name that code asks for it by; <see langword="null"/> outside a <c>ConnectionStrings</c> section.</param>
/// <param name="IsOfDatabase">Whether it names a server and a database on it: others have servers, too.</param>
internal sealed record ConfiguredString(string? Name, JsonString Json, ConnectionString Settings, bool IsOfDatabase);
