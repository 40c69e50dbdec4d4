using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Puts awaits in the place of what blocks, once the function around may await.</summary>
internal sealed class AwaitsForBlocking(SyntaxEdits edits, CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>All that blocks in a function and that an <c>await</c> may stand for; <see langword="false"/> where there is none of the same meaning.</summary>
    public bool TakeOverAll(SyntaxNode function) => Within(function).All(each => FormOf(each) is not { } form || (form == BlockingForm.Wrapper && AwaitForms.Of(each, form, isStatement: true) is null) || TakeOver(each));

    /// <summary>A blocking expression in each function of the same type that this one calls: an async one must not come to be blocked by it.</summary>
    public List<ExpressionSyntax> BlockingCallees(AsyncRewriting function) =>
        Within(function.Function).OfType<InvocationExpressionSyntax>()
            .Select(each => facts.Bodies.ModelOf(each.SyntaxTree).GetSymbolInfo(each, cancel).Symbol).OfType<IMethodSymbol>()
            .Where(each => SymbolEqualityComparer.Default.Equals(each.ContainingType.OriginalDefinition, function.Symbol?.ContainingType?.OriginalDefinition) && !facts.FreeToBlock.Contains(each))
            .SelectMany(each => each.OriginalDefinition.DeclaringSyntaxReferences).Select(each => FirstIn(each.GetSyntax(cancel))).OfType<ExpressionSyntax>().ToList();

    private ExpressionSyntax? FirstIn(SyntaxNode function) => Within(function).FirstOrDefault(each => FormOf(each) is not (null or BlockingForm.Wrapper));

    private static IEnumerable<ExpressionSyntax> Within(SyntaxNode function) =>
        function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ExpressionSyntax>()
            .Where(each => each is InvocationExpressionSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax && AwaitPlaces.FunctionAround(each) == function);

    /// <summary>One expression that blocks.</summary>
    public bool TakeOver(ExpressionSyntax blocking)
    {
        var isStatement = blocking.Parent is ExpressionStatementSyntax;
        if (FormOf(blocking) is not { } form || AwaitForms.Of(blocking, form, isStatement) is null)
        {
            return false;
        }

        var isConfigured = AwaitForms.AreConfigured(blocking.SyntaxTree.GetRoot(cancel));
        edits.Set(blocking, (old, now) => AwaitForms.Of(now, form, isStatement) is { } task
            ? AwaitForms.Awaited((ExpressionSyntax)old, task.WithAdditionalAnnotations(AsyncChange.Awaited), isConfigured)
            : now);
        return true;
    }

    private BlockingForm? FormOf(ExpressionSyntax expression) =>
        facts.Bodies.ModelOf(expression.SyntaxTree).GetOperation(expression, cancel) is { } operation && operation.Syntax == expression
        && facts.Blocking.At(operation, cancel) is { } call && facts.Blocking.Holds(call) ? call.Form : null;
}
