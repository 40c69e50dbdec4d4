using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1003: an async void event handler, or another function that must return void, that lets an exception escape.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnguardedHandlerAnalyzer() : RuleAnalyzer(Unguarded)
{
    public const string Id = "ASG1003";

    private static readonly DiagnosticDescriptor Unguarded = Rule.Create(
        Id,
        title: "Catch every exception in an async event handler",
        messageFormat: "An exception in {0} ends the process because nobody can await it; catch it in the body",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "Whoever raises the event is long gone when an async handler fails. The exception goes to the synchronization context or to the thread pool, where nothing catches it.");

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterSymbolAction(method => JudgeNamed((IMethodSymbol)method.Symbol, facts, method.ReportDiagnostic, method.CancellationToken), SymbolKind.Method);
            context.RegisterOperationAction(local => JudgeNamed(((ILocalFunctionOperation)local.Operation).Symbol, facts, local.ReportDiagnostic, local.CancellationToken), OperationKind.LocalFunction);
            context.RegisterOperationAction(lambda => JudgeLambda(lambda, facts), OperationKind.AnonymousFunction);
        }
    }

    private static void JudgeNamed(IMethodSymbol function, CompilationFacts facts, Action<Diagnostic> report, CancellationToken cancel)
    {
        if (function is { IsAsync: true, ReturnsVoid: true, PartialImplementationPart: null }
            && facts.VoidFunctions.EscapeFrom(function, cancel) is { } escape
            && facts.Handlers.IsHandler(function, cancel)
            && !facts.CentralHandlers.Take(function.ContainingType)
            && !RunsAtTheEnd(function, facts, cancel)
            && !facts.Dying.AreToldAt(function.Locations[0], facts.Bodies.Of(function, cancel), function, cancel))
        {
            var isEvent = EventHandlers.HasSignature(function) || !EventHandlers.MustReturnVoid(function);
            report(Diagnostic.Create(Unguarded, function.Locations[0], facts.Errors.PathOf(escape, cancel), isEvent ? $"the event handler '{NameOf(function)}'" : $"'{NameOf(function)}', which has to return void,"));
        }
    }

    private static void JudgeLambda(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.Operation is IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } lambda
            && EventHandlers.IsHandler(lambda)
            && !EventHandlers.IsDetached(lambda)
            && !IsTheEnd(EventHandlers.AttachedTo(lambda))
            && facts.Errors.FirstEscape(lambda, context.CancellationToken) is { } escape
            && !facts.CentralHandlers.Take(context.ContainingSymbol.ContainingType)
            && !facts.Dying.AreToldAt(AsyncKeyword.Of(lambda), lambda, context.ContainingSymbol, context.CancellationToken))
        {
            var name = EventHandlers.AttachedTo(lambda) is { } target ? $"this handler of '{target.Name}'" : "this event handler";
            context.ReportDiagnostic(Diagnostic.Create(Unguarded, AsyncKeyword.Of(lambda), facts.Errors.PathOf(escape, context.CancellationToken), name));
        }
    }

    // The process ends of another exception already.
    private static bool IsTheEnd(ISymbol? target) => target is IEventSymbol { Name: "UnhandledException", ContainingType.Name: "AppDomain" };

    private static bool RunsAtTheEnd(IMethodSymbol function, CompilationFacts facts, CancellationToken cancel)
    {
        foreach (var use in facts.References.Of(function, cancel))
        {
            if (IsTheEnd(EventHandlers.AttachedTo(use)))
            {
                return true;
            }
        }

        return false;
    }

    // void ICommand.Execute is called Execute.
    private static string NameOf(IMethodSymbol function) =>
        function.ExplicitInterfaceImplementations is [{ Name: var name }, ..] ? name : function.Name;
}
