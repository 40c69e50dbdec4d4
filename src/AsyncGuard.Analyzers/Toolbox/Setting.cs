using System.Globalization;

namespace AsyncGuard.Toolbox;

/// <summary>One option of <c>.editorconfig</c>: <c>asyncguard.&lt;ID&gt;.&lt;option&gt;</c> for a rule, <c>asyncguard.&lt;option&gt;</c> for all.</summary>
internal abstract class Setting(string key, string expects)
{
    public const string Prefix = "asyncguard.";

    public string Key { get; } = key;

    /// <summary>What a value has to be, as the end of a sentence: "… must be <c>true or false</c>".</summary>
    public string Expects { get; } = expects;

    /// <summary>What the mode <c>Strict</c> sets it to; <see langword="null"/> where that mode leaves it alone.</summary>
    public string? InStrict { get; init; }

    public abstract bool Accepts(string text);

    public static Setting<bool> Flag(string key, bool fallback, bool? inStrict = null) => new(Prefix + key, fallback, "true or false", static text =>
        bool.TryParse(text, out var value) ? new(value) : null)
    {
        InStrict = inStrict switch { true => "true", false => "false", null => null },
    };

    /// <summary>A number of whole seconds, at least one: a timeout of zero means for ever to most of those who take it.</summary>
    public static Setting<int> Seconds(string key, int fallback) => new(Prefix + key, fallback, "a whole number of seconds, 1 or more", static text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? new(value) : null);

    /// <summary>Members by <c>Name</c>, <c>Type.Name</c> or <c>Namespace.Type.Name</c>, separated by commas.</summary>
    public static Setting<MemberNames> Members(string key) =>
        new(Prefix + key, MemberNames.None, "names separated by commas, each Name, Type.Name or Namespace.Type.Name", static text =>
            MemberNames.TryParse(text, out var names) ? new(names) : null);

    /// <summary>A regular expression over names.</summary>
    public static Setting<NamePattern> Pattern(string key, string fallback) =>
        new(Prefix + key, NamePattern.TryParse(fallback) ?? throw new ArgumentException("The default is no pattern.", nameof(fallback)), "a regular expression", static text =>
            NamePattern.TryParse(text) is { } pattern ? new(pattern) : null);
}

/// <summary>An option whose values are of type <typeparamref name="T"/>; what does not parse counts as absent, and ASG0001 says so.</summary>
internal sealed class Setting<T>(string key, T fallback, string expects, Func<string, Setting<T>.Parsed?> parse) : Setting(key, expects)
{
    private readonly ConcurrentDictionary<string, Parsed?> _read = new(StringComparer.Ordinal);

    public T In(SyntaxTree tree, AnalyzerOptions options) => In(options.AnalyzerConfigOptionsProvider.GetOptions(tree));

    /// <summary>For a file that is not C#: sections of <c>.editorconfig</c> that match it, and global ones.</summary>
    public T In(AdditionalText file, AnalyzerOptions options) => In(options.AnalyzerConfigOptionsProvider.GetOptions(file));

    private T In(AnalyzerConfigOptions options) => options.TryGetValue(Key, out var text) && Read(text) is { } parsed ? parsed.Value : fallback;

    public override bool Accepts(string text) => Read(text) is not null;

    private Parsed? Read(string text) => _read.GetOrAdd(text, parse);

    internal sealed class Parsed(T value)
    {
        public T Value { get; } = value;
    }
}
