namespace AsyncGuard.Fixing;

/// <summary>Would this expression see other values if it were evaluated a little later?</summary>
internal static class LateReads
{
    /// <summary>
    /// Whether it reads a local or parameter that its function changes after the declaration, a loop's counter among them, or an argument does
    /// something whose time matters: takes from a queue, counts up, copies a list.
    /// </summary>
    public static bool MayChange(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel)
    {
        if (expression.DescendantNodes(each => each is not AnonymousFunctionExpressionSyntax).Any(node => HasEffect(node, expression, model, cancel)))
        {
            return true;
        }

        var member = expression.AncestorsAndSelf().FirstOrDefault(each => each is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? expression.SyntaxTree.GetRoot(cancel);
        var read = expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => model.GetSymbolInfo(name, cancel).Symbol)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol && !DeclaredInside(symbol, expression, cancel))
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        return !read.IsEmpty && member.DescendantNodes().Any(node => Changed(node) is { } target && read.Contains(model.GetSymbolInfo(target, cancel).Symbol));
    }

    /// <summary>Whether evaluating it does something, or calls what may.</summary>
    public static bool HasEffect(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        expression.DescendantNodesAndSelf(each => each is not AnonymousFunctionExpressionSyntax).Any(node =>
            HasEffect(node, expression, model, cancel) || (node is InvocationExpressionSyntax && model.GetOperation(node, cancel) is not INameOfOperation));

    private static bool HasEffect(SyntaxNode node, ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        node is AwaitExpressionSyntax or AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax }
        || (node is not ArgumentSyntax && Changed(node) is not null && node is not AssignmentExpressionSyntax)
        || (node is InvocationExpressionSyntax && IsArgument(node, expression) && model.GetOperation(node, cancel) is not INameOfOperation);

    private static bool IsArgument(SyntaxNode node, ExpressionSyntax expression) =>
        node.Ancestors().TakeWhile(each => each != expression).Any(each => each is BaseArgumentListSyntax);

    private static bool DeclaredInside(ISymbol symbol, ExpressionSyntax expression, CancellationToken cancel) =>
        symbol.DeclaringSyntaxReferences.Any(each => each.SyntaxTree == expression.SyntaxTree && expression.Span.Contains(each.Span) && !cancel.IsCancellationRequested);

    private static ExpressionSyntax? Changed(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: var target } => target,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: var target } => target,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression, Operand: var target } => target,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword, Expression: var target } => target,
        _ => null,
    };
}
