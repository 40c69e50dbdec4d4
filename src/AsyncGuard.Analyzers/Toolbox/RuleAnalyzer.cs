namespace AsyncGuard.Toolbox;

/// <summary>What every rule does alike: it runs concurrently, leaves generated code alone, and shares what is known of the compilation.</summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private protected RuleAnalyzer(params ImmutableArray<DiagnosticDescriptor> rules) => SupportedDiagnostics = rules;

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <summary>The options this rule reads.</summary>
    internal virtual ImmutableArray<Setting> Settings => [];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start => Watch(start, CompilationFacts.Of(start.Compilation)));
    }

    /// <summary>Registers what the rule looks at, or nothing where this compilation cannot break it.</summary>
    private protected abstract void Watch(CompilationStartAnalysisContext context, CompilationFacts facts);
}
