using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>Which timeouts of a database are still nobody's choice?</summary>
/// <param name="provider">It says which there are, and how they are spelled.</param>
/// <param name="requiresBoth">Whether one chosen timeout is not enough.</param>
internal sealed class UnchosenTimeouts(DatabaseProvider provider, bool requiresBoth)
{
    private static readonly string[] OtherTimeouts = ["cancel", "idle", "balance", "life"];

    private Chosen _chosen;

    /// <summary>Whether any remain beside what the string sets; none in a string that is no connection string, or not known as a whole.</summary>
    public bool Remain(string? text)
    {
        if (text is null)
        {
            return RemainBeside(Chosen.None);
        }

        var settings = ConnectionString.Parse(text);
        if (!settings.IsWhole || settings.Settings.IsEmpty || text.IndexOf(":memory:", StringComparison.OrdinalIgnoreCase) >= 0
            || settings.Settings is [{ Keyword: "name" or "Name" }])
        {
            return false;
        }

        foreach (var setting in settings.Settings)
        {
            RemainBeside(ChosenBy(setting));
        }

        return RemainBeside(Chosen.None);
    }

    public bool RemainBeside(Chosen more)
    {
        _chosen |= more;
        return requiresBoth ? Missing != Chosen.None : _chosen == Chosen.None;
    }

    /// <summary>What to choose, as the end of a sentence.</summary>
    public string Describe() => Missing switch
    {
        Chosen.Connect => $"'{provider.ConnectKeyword}'",
        Chosen.Command when provider.CommandKeyword is { } keyword => $"'{keyword}'",
        _ => provider.CommandKeyword is { } keyword ? $"'{provider.ConnectKeyword}' and '{keyword}'" : $"'{provider.ConnectKeyword}' and each command's 'CommandTimeout'",
    };

    /// <summary>What to append to the string.</summary>
    public string Keywords(string text, int connect, int command)
    {
        var keywords = text.TrimEnd() is { Length: > 0 } trimmed && trimmed[trimmed.Length - 1] != ';' ? ";" : "";
        keywords += Missing.HasFlag(Chosen.Connect) ? $"{provider.ConnectKeyword}={connect}" : "";
        if (Missing.HasFlag(Chosen.Command) && provider.CommandKeyword is { } keyword)
        {
            keywords += (Missing.HasFlag(Chosen.Connect) ? ";" : "") + $"{keyword}={command}";
        }

        return keywords;
    }

    /// <summary>What to add to a builder's initialiser.</summary>
    public string InInitialiser(int connect, int command)
    {
        var properties = Missing.HasFlag(Chosen.Connect) ? $"{provider.ConnectProperty} = {connect}" : "";
        return Missing.HasFlag(Chosen.Command) && provider.CommandProperty is { } property
            ? properties + (properties.Length > 0 ? ", " : "") + $"{property} = {command}"
            : properties;
    }

    private Chosen Missing => (provider.CommandKeyword is null && requiresBoth ? Chosen.Connect : Chosen.Both) & ~_chosen;

    // A keyword that the provider does not know was meant to choose, too; that it fails is another rule's business.
    private Chosen ChosenBy(ConnectionSetting setting)
    {
        if (setting.Is(provider.ConnectKeywords))
        {
            return Chosen.Connect;
        }

        if (setting.Is(provider.CommandKeywords))
        {
            return Chosen.Command;
        }

        var keyword = setting.Keyword.ToLowerInvariant();
        return !keyword.Contains("timeout") || Array.Exists(OtherTimeouts, keyword.Contains) ? Chosen.None
            : keyword.Contains("command") || keyword.Contains("statement") ? Chosen.Command
            : Chosen.Connect;
    }
}
