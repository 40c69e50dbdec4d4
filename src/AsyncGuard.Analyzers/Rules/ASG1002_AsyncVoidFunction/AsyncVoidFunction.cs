using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1002: an async void function that is no event handler and lets an exception escape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidFunctionAnalyzer() : RuleAnalyzer(Void)
{
    public const string Id = "ASG1002";

    private static readonly DiagnosticDescriptor Void = Rule.Create(
        Id,
        title: "Return a task from async functions",
        messageFormat: "An exception in '{0}' ends the process because async void gives its callers nothing to await; return Task and await it",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "Callers of an async void function go on before it is done, and no catch of theirs ever sees its exception.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterSymbolAction(method => Judge((IMethodSymbol)method.Symbol, facts, method.ReportDiagnostic, method.CancellationToken), SymbolKind.Method);
            context.RegisterOperationAction(local => Judge(((ILocalFunctionOperation)local.Operation).Symbol, facts, local.ReportDiagnostic, local.CancellationToken), OperationKind.LocalFunction);
        }
    }

    private static void Judge(IMethodSymbol function, CompilationFacts facts, Action<Diagnostic> report, CancellationToken cancel)
    {
        if (function is { IsAsync: true, ReturnsVoid: true, PartialImplementationPart: null }
            && !TestMethods.IsTest(function)
            && facts.VoidFunctions.EscapeFrom(function, cancel) is { } escape
            && !facts.Handlers.IsHandler(function, cancel)
            && !facts.CentralHandlers.Take(function.ContainingType)
            && !facts.VoidFunctions.IsOnlyConverted(function, cancel)
            && !facts.Dying.AreToldAt(function.Locations[0], facts.Bodies.Of(function, cancel), function, cancel))
        {
            report(Diagnostic.Create(Void, function.Locations[0], facts.Errors.PathOf(escape, cancel), function.Name));
        }
    }
}
