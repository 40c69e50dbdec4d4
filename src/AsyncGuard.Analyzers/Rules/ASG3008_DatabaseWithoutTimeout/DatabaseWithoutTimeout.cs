using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>ASG3008: a database whose timeouts nobody has chosen, once for each place that decides how it is reached.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DatabaseWithoutTimeoutAnalyzer() : RuleAnalyzer(Unchosen)
{
    public const string Id = "ASG3008";

    private static readonly DiagnosticDescriptor Unchosen = Rule.Create(
        Id,
        title: "Choose the timeouts of a database",
        messageFormat: "{0} is used without an explicit timeout; choose {1}",
        category: "Databases",
        DiagnosticSeverity.Warning,
        description: "What a request does while its database hangs is then the provider's choice: 15 seconds for a connect and 30 for a command with most, "
            + "no limit at all for a command with some, and with every retry the same again.");

    internal static Setting<bool> ReportUnknown { get; } = Setting.Flag("ASG3008.report_unknown_configuration", fallback: false, inStrict: true);

    internal static Setting<bool> ReportDevelopment { get; } = Setting.Flag("ASG3008.report_development_settings", fallback: false, inStrict: true);

    internal static Setting<bool> RequireBoth { get; } = Setting.Flag("ASG3008.require_both", fallback: false, inStrict: true);

    internal override ImmutableArray<Setting> Settings =>
        [ReportUnknown, ReportDevelopment, RequireBoth, TimeoutSettings.CommandSeconds, TimeoutSettings.ConnectSeconds];

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Databases.Types.Referenced.IsEmpty || IsTestProject(facts.Types))
        {
            return;
        }

        var code = new UnchosenInCode(Unchosen, facts);
        context.RegisterOperationAction(code.JudgePlace, OperationKind.SimpleAssignment, OperationKind.Invocation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(code.JudgeVariable, OperationKind.FieldInitializer, OperationKind.VariableInitializer);
        context.RegisterAdditionalFileAction(new UnchosenInSettings(Unchosen, facts.Databases).Judge);
    }

    // A test's own database answers or the test fails: nobody waits for it.
    private static bool IsTestProject(KnownTypes types) =>
        types["Xunit.FactAttribute"] is not null
        || types["NUnit.Framework.TestAttribute"] is not null
        || types["Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute"] is not null;
}
