using System.Globalization;
using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>ASG3001: a database is told to wait for ever, in code, in a connection string or in a settings file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InfiniteDatabaseTimeoutAnalyzer() : RuleAnalyzer(Waits)
{
    public const string Id = "ASG3001";

    /// <summary>What the value should be, for the fix.</summary>
    internal const string Seconds = "seconds";

    /// <summary>What stands in a string, and what should stand there instead.</summary>
    internal const string Old = "old";
    internal const string New = "new";

    private static readonly DiagnosticDescriptor Waits = Rule.Create(
        Id,
        title: "Do not wait for a database for ever",
        messageFormat: "'{0}' never ends the wait for a database that does not answer; set a number of seconds",
        category: "Databases",
        DiagnosticSeverity.Warning,
        description: "A server that hangs, a lock that is never released or a connection that a firewall has dropped in silence then holds this call, "
            + "its thread or request and its pooled connection until the process ends.",
        Rule.Essential);

    internal override ImmutableArray<Setting> Settings =>
        [TimeoutSettings.CommandSeconds, TimeoutSettings.ConnectSeconds, TimeoutSettings.MaintenancePattern];

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        var databases = facts.Databases;
        if (databases.Types is { AnyCommand: null, DbCommand: null, RelationalFacade: null })
        {
            return;
        }

        var deliberate = new DeliberateWait(facts);
        context.RegisterOperationAction(
            site => JudgeSink(site, databases, deliberate), OperationKind.SimpleAssignment, OperationKind.Invocation, OperationKind.ObjectCreation);
        if (!databases.Types.Referenced.IsEmpty)
        {
            var strings = new InfiniteKeywords(Waits, databases);
            context.RegisterOperationAction(strings.JudgePlace, OperationKind.SimpleAssignment, OperationKind.Invocation, OperationKind.ObjectCreation);
            context.RegisterOperationAction(strings.JudgeVariable, OperationKind.FieldInitializer, OperationKind.VariableInitializer);
            context.RegisterAdditionalFileAction(strings.JudgeFile);
        }
    }

    private static void JudgeSink(OperationAnalysisContext context, DatabaseFacts databases, DeliberateWait deliberate)
    {
        if (databases.Sinks.Of(context.Operation) is { } sink && Forever.Is(sink.Value) && IsInfinite(sink)
            && !MaintenanceWork.IsNamed(context.ContainingSymbol, TimeoutSettings.MaintenancePattern.In(context.Operation.Syntax.SyntaxTree, context.Options))
            && !deliberate.Is(context.Operation, sink, context.CancellationToken))
        {
            var seconds = sink.Kind == TimeoutKind.Connect ? TimeoutSettings.ConnectSeconds : TimeoutSettings.CommandSeconds;
            var proposed = sink.Kind == TimeoutKind.Cancellation ? "2000" : seconds.In(context.Operation.Syntax.SyntaxTree, context.Options).ToString(CultureInfo.InvariantCulture);
            context.ReportDiagnostic(Diagnostic.Create(
                Waits,
                sink.Value.Syntax.GetLocation(),
                ImmutableDictionary<string, string?>.Empty.Add(Seconds, proposed),
                Describe(context.Operation, sink)));
        }
    }

    // A long connect timeout that the provider refuses, and a long wait for a cancel, are no infinite ones.
    private static bool IsInfinite(TimeoutSink sink) => sink.Kind switch
    {
        TimeoutKind.Connect => sink.Provider is { ConnectsForEverAtZero: true } provider && (provider.MaxConnectSeconds == int.MaxValue || IsZero(sink)),
        TimeoutKind.Cancellation => sink.Provider is { CancellationKeywords.IsEmpty: false } && IsZero(sink),
        _ => true,
    };

    private static bool IsZero(TimeoutSink sink) => sink.Value.ConstantValue is { HasValue: true, Value: 0 or 0u };

    private static string Describe(IOperation operation, TimeoutSink sink)
    {
        var value = sink.Value.ConstantValue is { HasValue: true, Value: IFormattable number } ? number.ToString(null, CultureInfo.InvariantCulture) : sink.Value.Syntax.ToString();
        return operation switch
        {
            ISimpleAssignmentOperation => $"{sink.Name} = {value}",
            IInvocationOperation { TargetMethod: { Name: var method } } when sink.Receiver is not null || method.EndsWith("Timeout", StringComparison.Ordinal) => $"{method}({value})",
            _ => $"{sink.Name}: {value}",
        };
    }
}
