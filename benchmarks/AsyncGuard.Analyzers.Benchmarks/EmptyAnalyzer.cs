using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks;

/// <summary>Is called for all that our rules are called for, and does nothing: what remains is what Roslyn itself takes.</summary>
internal sealed class EmptyAnalyzer(RegisteredKinds kinds) : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("EMPTY", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            start.RegisterOperationAction(static _ => { }, kinds.Operations);
            if (!kinds.Syntax.IsEmpty)
            {
                start.RegisterSyntaxNodeAction(static _ => { }, kinds.Syntax);
            }

            if (!kinds.Symbols.IsEmpty)
            {
                start.RegisterSymbolAction(static _ => { }, kinds.Symbols);
            }
        });
    }
}
