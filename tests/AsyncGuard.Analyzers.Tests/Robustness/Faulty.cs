using System.Collections.Immutable;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Robustness;

/// <summary>Reports every type, under the id of whatever rule comes first.</summary>
internal class ReportingRule : DiagnosticAnalyzer
{
    public static readonly DiagnosticDescriptor Found = Catalogue.Rules[0].Rule;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Found];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Judge, SymbolKind.NamedType);
    }

    protected virtual void Judge(SymbolAnalysisContext type) => type.ReportDiagnostic(Diagnostic.Create(Found, type.Symbol.Locations[0]));
}

/// <summary>Throws at every type.</summary>
internal sealed class ThrowingRule : ReportingRule
{
    protected override void Judge(SymbolAnalysisContext type) => throw new InvalidOperationException("That is too long a name.");
}

/// <summary>Throws at every finding of <see cref="ReportingRule"/>.</summary>
internal sealed class ThrowingFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [ReportingRule.Found.Id];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context) => throw new InvalidOperationException("That cannot be fixed.");
}
