using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>The part of ASG3008 that reads code.</summary>
internal sealed class UnchosenInCode(DiagnosticDescriptor rule, CompilationFacts facts)
{
    private readonly DatabaseFacts _databases = facts.Databases;
    private readonly INamedTypeSymbol? _designTimeFactory = facts.Types["Microsoft.EntityFrameworkCore.Design.IDesignTimeDbContextFactory`1"];

    /// <summary>A registration, a connection, a data source or a builder; its string may stand elsewhere.</summary>
    public void JudgePlace(OperationAnalysisContext context)
    {
        if (_databases.Places.Of(context.Operation) is not { Provider.IsEmbedded: false } place || IsDesignTime(context.ContainingSymbol))
        {
            return;
        }

        var origin = _databases.Origins.Of(place.String);
        var timeouts = TimeoutsOf(context, place.Provider);
        if (IsJudgedHere(context, place, origin) && timeouts.Remain(origin.Text?.Text) && timeouts.RemainBeside(_databases.Visible.Around(place))
            && timeouts.RemainBeside(_databases.Uses(context.CancellationToken).ForEveryCommand))
        {
            Report(context, new(place, origin, timeouts), timeouts, place.Provider);
        }
    }

    /// <summary>A string that a variable keeps for a database.</summary>
    public void JudgeVariable(OperationAnalysisContext context)
    {
        var cancel = context.CancellationToken;
        if (WrittenString.In(context.Operation, _databases.Origins) is not { Text.Text: var text } written
            || ConnectionString.Parse(text) is not { IsWhole: true, SaysWhere: true }
            || written.Use(context.Operation, _databases, cancel) is not { Provider: { IsEmbedded: false } provider } use
            || IsDesignTime(context.ContainingSymbol))
        {
            return;
        }

        var timeouts = TimeoutsOf(context, provider);
        if (timeouts.Remain(text) && timeouts.RemainBeside(use.Chosen) && timeouts.RemainBeside(_databases.Uses(cancel).ForEveryCommand))
        {
            Report(context, new(new(provider, PlaceKind.Connection, null, context.Operation), written.Origin, timeouts), timeouts, provider);
        }
    }

    private static UnchosenTimeouts TimeoutsOf(OperationAnalysisContext context, DatabaseProvider provider) =>
        new(provider, DatabaseWithoutTimeoutAnalyzer.RequireBoth.In(context.Operation.Syntax.SyntaxTree, context.Options));

    private void Report(OperationAnalysisContext context, TimeoutReport report, UnchosenTimeouts timeouts, DatabaseProvider provider)
    {
        var tree = context.Operation.Syntax.SyntaxTree;
        var properties = report.Properties(TimeoutSettings.ConnectSeconds.In(tree, context.Options), TimeoutSettings.CommandSeconds.In(tree, context.Options));
        context.ReportDiagnostic(Diagnostic.Create(rule, report.Location, properties, provider.Name, timeouts.Describe()));
    }

    // Once for each decision: a variable's text at the variable, a builder where it is made, configuration where it can be seen.
    private bool IsJudgedHere(OperationAnalysisContext context, ConnectionPlace place, StringOrigin origin) => place switch
    {
        { Kind: PlaceKind.ConnectionStringBuilder, Operation: not IObjectCreationOperation } => false,
        { Kind: PlaceKind.ConnectionStringBuilder, Operation: var made } when !BuilderUse.StaysHere(made, _databases.Places) => false,
        { Kind: PlaceKind.ConnectionStringBuilder, String: null } => true,
        _ => origin.Kind switch
        {
            OriginKind.Text => origin.Named is null or IPropertySymbol,
            OriginKind.Configuration => DatabaseWithoutTimeoutAnalyzer.ReportUnknown.In(context.Operation.Syntax.SyntaxTree, context.Options)
                && !IsInSettings(context, origin.Name),
            _ => false,
        },
    };

    private bool IsInSettings(OperationAnalysisContext context, string? name)
    {
        foreach (var file in context.Options.AdditionalFiles)
        {
            foreach (var configured in _databases.StringsIn(file, context.CancellationToken))
            {
                if (name is not null && string.Equals(configured.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // What only the tools of Entity Framework open at a developer's desk.
    private bool IsDesignTime(ISymbol containing)
    {
        foreach (var implemented in containing.ContainingType?.AllInterfaces ?? [])
        {
            if (_designTimeFactory is not null && SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, _designTimeFactory))
            {
                return true;
            }
        }

        return false;
    }
}
