using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>The part of ASG3008 that reads settings files.</summary>
internal sealed class UnchosenInSettings(DiagnosticDescriptor rule, DatabaseFacts databases)
{
    public void Judge(AdditionalFileAnalysisContext context)
    {
        if (IsForDevelopers(context.AdditionalFile) && !DatabaseWithoutTimeoutAnalyzer.ReportDevelopment.In(context.AdditionalFile, context.Options))
        {
            return;
        }

        foreach (var configured in databases.StringsIn(context.AdditionalFile, context.CancellationToken))
        {
            Judge(context, configured);
        }
    }

    // The database at a developer's desk answers, or the developer sees that it does not.
    private static bool IsForDevelopers(AdditionalText file) => Path.GetFileName(file.Path).IndexOf(".Development.", StringComparison.OrdinalIgnoreCase) >= 0;

    private void Judge(AdditionalFileAnalysisContext context, ConfiguredString configured)
    {
        var text = configured.Json.Value.Text;
        var uses = databases.Uses(context.CancellationToken);
        var use = uses.Of(configured.Name);
        var provider = use?.Provider ?? (configured.IsOfDatabase ? databases.Types.OnlyProvider : null);
        if (provider is not { IsEmbedded: false } || (use is null && uses.ChooseForUnnamed(provider)))
        {
            return;
        }

        var timeouts = new UnchosenTimeouts(provider, DatabaseWithoutTimeoutAnalyzer.RequireBoth.In(context.AdditionalFile, context.Options));
        if (timeouts.Remain(text) && timeouts.RemainBeside(use?.Chosen ?? Chosen.None) && timeouts.RemainBeside(uses.ForEveryCommand))
        {
            var command = TimeoutSettings.CommandSeconds.In(context.AdditionalFile, context.Options);
            var connect = TimeoutSettings.ConnectSeconds.In(context.AdditionalFile, context.Options);
            context.ReportDiagnostic(Diagnostic.Create(
                rule,
                configured.Json.Location,
                ImmutableDictionary<string, string?>.Empty.Add(TimeoutReport.Append, timeouts.Keywords(text, connect, command)),
                provider.Name,
                timeouts.Describe()));
        }
    }
}
