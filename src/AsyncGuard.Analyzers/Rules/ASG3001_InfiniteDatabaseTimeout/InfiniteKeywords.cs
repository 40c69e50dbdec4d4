using System.Globalization;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>The part of ASG3001 that reads connection strings, of code and of settings files.</summary>
internal sealed class InfiniteKeywords(DiagnosticDescriptor rule, DatabaseFacts databases)
{
    /// <summary>For a string of a settings file whose provider nobody knows: what every provider that takes the keyword makes of 0.</summary>
    private static readonly DatabaseProvider AnyProvider = new("any")
    {
        ConnectKeywords = ["Timeout", "Connect Timeout", "Connection Timeout", "ConnectTimeout", "ConnectionTimeout"],
        CommandKeywords = ["Command Timeout", "CommandTimeout", "Default Command Timeout", "DefaultCommandTimeout", "Default Timeout"],
    };

    /// <summary>A string written where it reaches a database, or in a property.</summary>
    public void JudgePlace(OperationAnalysisContext context)
    {
        if (databases.Places.Of(context.Operation) is { String: { } given } place
            && databases.Origins.Of(given) is { Kind: OriginKind.Text, Text: { } text, Named: null or IPropertySymbol } origin)
        {
            Judge(context, text, place.Provider, origin.Named is null ? null : given);
        }
    }

    /// <summary>A string that a variable keeps for a database.</summary>
    public void JudgeVariable(OperationAnalysisContext context)
    {
        if (WrittenString.In(context.Operation, databases.Origins) is { Text: var text } written
            && MayBeInfinite(ConnectionString.Parse(text.Text))
            && written.Use(context.Operation, databases, context.CancellationToken) is { } use)
        {
            Judge(context, text, use.Provider, usedAt: null);
        }
    }

    private void Judge(OperationAnalysisContext context, PlacedText text, DatabaseProvider provider, IOperation? usedAt)
    {
        var tree = context.Operation.Syntax.SyntaxTree;
        foreach (var (setting, kind) in InfiniteIn(ConnectionString.Parse(text.Text), provider))
        {
            if (MaintenanceWork.IsNamed(context.ContainingSymbol, TimeoutSettings.MaintenancePattern.In(tree, context.Options)))
            {
                return;
            }

            var seconds = (kind == TimeoutKind.Connect ? TimeoutSettings.ConnectSeconds : TimeoutSettings.CommandSeconds).In(tree, context.Options);
            context.ReportDiagnostic(usedAt is null
                ? Create(text, setting, Proposal(setting, kind, seconds))
                : Diagnostic.Create(rule, usedAt.Syntax.GetLocation(), [text.LocationOf(setting.Span)], Describe(setting)));
        }
    }

    // Any provider first: nothing is asked of the rest of the code as long as no keyword is suspicious.
    private static bool MayBeInfinite(ConnectionString text) => !InfiniteIn(text, AnyProvider).IsEmpty || !InfiniteIn(text, DatabaseProviders.Npgsql).IsEmpty;

    public void JudgeFile(AdditionalFileAnalysisContext context)
    {
        foreach (var configured in databases.StringsIn(context.AdditionalFile, context.CancellationToken))
        {
            Judge(context, configured);
        }
    }

    private void Judge(AdditionalFileAnalysisContext context, ConfiguredString configured)
    {
        if (!MayBeInfinite(configured.Settings))
        {
            return;
        }

        var pattern = TimeoutSettings.MaintenancePattern.In(context.AdditionalFile, context.Options);
        if (configured.Json.Path is [.., var name] && pattern.Matches(name))
        {
            return;
        }

        var provider = databases.Uses(context.CancellationToken).Of(configured.Name)?.Provider ?? databases.Types.OnlyProvider ?? AnyProvider;
        foreach (var (setting, kind) in InfiniteIn(configured.Settings, provider))
        {
            var seconds = (kind == TimeoutKind.Connect ? TimeoutSettings.ConnectSeconds : TimeoutSettings.CommandSeconds).In(context.AdditionalFile, context.Options);
            context.ReportDiagnostic(Create(configured.Json.Value, setting, Proposal(setting, kind, seconds)));
        }
    }

    // Of two settings of the same kind the last counts.
    private static ImmutableArray<(ConnectionSetting Setting, TimeoutKind Kind)> InfiniteIn(ConnectionString text, DatabaseProvider provider)
    {
        var found = ImmutableArray<(ConnectionSetting, TimeoutKind)>.Empty;
        if (text.Effective(provider.ConnectKeywords) is { Number: { } connect } connecting && provider.ConnectsForEverAtZero
            && (connect == 0 || (Forever.IsSeconds(connect) && connect <= provider.MaxConnectSeconds)))
        {
            found = found.Add((connecting, TimeoutKind.Connect));
        }

        if (text.Effective(provider.CommandKeywords) is { Number: { } command } commanding && Forever.IsSeconds(command))
        {
            found = found.Add((commanding, TimeoutKind.Command));
        }

        return text.Effective(provider.CancellationKeywords) is { Number: 0 } cancelling ? found.Add((cancelling, TimeoutKind.Cancellation)) : found;
    }

    private static string Proposal(ConnectionSetting setting, TimeoutKind kind, int seconds) =>
        $"{setting.Keyword}={(kind == TimeoutKind.Cancellation ? "2000" : seconds.ToString(CultureInfo.InvariantCulture))}";

    private static string Describe(ConnectionSetting setting) => $"{setting.Keyword}={setting.Value}";

    private Diagnostic Create(PlacedText text, ConnectionSetting setting, string proposal)
    {
        var edit = ImmutableDictionary<string, string?>.Empty;
        if (text.IsLiteral(setting.Span))
        {
            edit = edit.Add(InfiniteDatabaseTimeoutAnalyzer.Old, text.Text.Substring(setting.Span.Start, setting.Span.Length))
                .Add(InfiniteDatabaseTimeoutAnalyzer.New, proposal);
        }

        return Diagnostic.Create(rule, text.LocationOf(setting.Span), edit, Describe(setting));
    }
}
