using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Benchmarks;

/// <summary>What the rules ask to be called for, told by the rules themselves.</summary>
internal sealed record RegisteredKinds(ImmutableArray<OperationKind> Operations, ImmutableArray<SyntaxKind> Syntax, ImmutableArray<SymbolKind> Symbols)
{
    public static RegisteredKinds Of(IEnumerable<DiagnosticAnalyzer> analyzers, IEnumerable<Compilation> compilations)
    {
        var list = new List();
        foreach (var compilation in compilations)
        {
            foreach (var analyzer in analyzers)
            {
                analyzer.Initialize(new Listener(new(compilation, list)));
            }
        }

        return new([.. list.Operations], [.. list.Syntax], [.. list.Symbols]);
    }

    private static NotSupportedException Unknown([CallerMemberName] string action = "") =>
        new($"A rule calls {action}, which the empty analyzer does not: it would be measured against too little.");

    private sealed class List
    {
        public HashSet<OperationKind> Operations { get; } = [];

        public HashSet<SyntaxKind> Syntax { get; } = [];

        public HashSet<SymbolKind> Symbols { get; } = [];
    }

    // The base of our rules registers nothing but the start of a compilation; what is not listed here costs nothing for a node.
    private sealed class Listener(StartListener start) : AnalysisContext
    {
        public override void EnableConcurrentExecution()
        {
        }

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
        {
        }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => action(start);

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => throw Unknown();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => throw Unknown();

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, params ImmutableArray<SymbolKind> symbolKinds) => throw Unknown();

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw Unknown();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw Unknown();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => throw Unknown();

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, params ImmutableArray<TLanguageKindEnum> syntaxKinds) => throw Unknown();
    }

    private sealed class StartListener(Compilation compilation, List list) : CompilationStartAnalysisContext(compilation, new([]), CancellationToken.None)
    {
        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, params ImmutableArray<OperationKind> operationKinds) => list.Operations.UnionWith(operationKinds);

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, params ImmutableArray<TLanguageKindEnum> syntaxKinds) => list.Syntax.UnionWith(syntaxKinds.Cast<SyntaxKind>());

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, params ImmutableArray<SymbolKind> symbolKinds) => list.Symbols.UnionWith(symbolKinds);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action)
        {
        }

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action)
        {
        }

        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => throw Unknown();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => throw Unknown();

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw Unknown();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw Unknown();
    }
}
