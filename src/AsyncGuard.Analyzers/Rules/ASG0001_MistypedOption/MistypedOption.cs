using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG0001: an <c>asyncguard.…</c> line of <c>.editorconfig</c> that no rule reads, or whose value no rule understands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MistypedOptionAnalyzer() : RuleAnalyzer(Mistyped)
{
    public const string Id = "ASG0001";

    private static readonly DiagnosticDescriptor Mistyped = Rule.Create(
        Id,
        title: "Spell AsyncGuard's options as a rule reads them",
        messageFormat: "The option '{0} = {1}' has no effect: {2}",
        category: "Configuration",
        DiagnosticSeverity.Warning,
        description: "An option that is misspelt or whose value does not parse counts as absent, so the rule behaves as if nobody had configured it.",
        Rule.Essential);

    private static readonly Lazy<ImmutableDictionary<string, Setting>> Known = new(ReadKnown);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        var seen = new ConcurrentDictionary<AnalyzerConfigOptions, bool>();
        var said = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        context.RegisterSyntaxTreeAction(tree =>
        {
            var options = tree.Options.AnalyzerConfigOptionsProvider.GetOptions(tree.Tree);
            if (seen.TryAdd(options, true))
            {
                Judge(tree, options, said);
            }
        });
    }

    private static void Judge(SyntaxTreeAnalysisContext context, AnalyzerConfigOptions options, ConcurrentDictionary<string, bool> said)
    {
        foreach (var key in options.Keys)
        {
            if (key.StartsWith(Setting.Prefix, StringComparison.OrdinalIgnoreCase)
                && options.TryGetValue(key, out var value)
                && WhatIsWrong(key, value) is { } wrong
                && said.TryAdd(key + "=" + value, true))
            {
                // Analyzers are not told where an option stands, only which trees it is for.
                context.ReportDiagnostic(Diagnostic.Create(Mistyped, Location.None, key, value, wrong));
            }
        }
    }

    private static string? WhatIsWrong(string key, string value)
    {
        if (!Known.Value.TryGetValue(key, out var setting))
        {
            return Spelling.Nearest(key, Known.Value.Keys) is { } near ? $"did you mean '{near}'?" : "no rule has an option of this name";
        }

        return setting.Accepts(value) ? null : $"the value must be {setting.Expects}";
    }

    // The rules themselves say which options they read, so that there is no second list to forget one in.
    private static ImmutableDictionary<string, Setting> ReadKnown()
    {
        var known = ImmutableDictionary.CreateBuilder<string, Setting>(AnalyzerConfigOptions.KeyComparer);
        foreach (var type in typeof(RuleAnalyzer).Assembly.GetTypes())
        {
            if (!type.IsAbstract && type.IsSubclassOf(typeof(RuleAnalyzer)) && Activator.CreateInstance(type) is RuleAnalyzer rule)
            {
                foreach (var setting in rule.Settings)
                {
                    known[setting.Key] = setting;
                }
            }
        }

        return known.ToImmutable();
    }
}
