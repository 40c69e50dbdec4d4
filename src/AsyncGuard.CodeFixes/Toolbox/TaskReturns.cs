using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What do a task-returning function's <c>return</c>s become when it turns async?</summary>
/// <param name="isPlain">Whether the task has no result.</param>
internal sealed class TaskReturns(SemanticModel model, KnownTypes types, bool isPlain)
{
    private static readonly SyntaxAnnotation Split = new();

    /// <summary>The function's own returns and, of an expression body, the expression.</summary>
    public static ImmutableHashSet<SyntaxNode> In(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax { ExpressionBody: { } body } => [body],
        MethodDeclarationSyntax { ExpressionBody.Expression: { } body } => [body],
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } body } => [body],
        _ => [.. function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Where(each => each.Expression is not null)],
    };

    public SyntaxNode Rewrite(SyntaxNode old, SyntaxNode now) => (old, now) switch
    {
        (ReturnStatementSyntax { Expression: { } from }, ReturnStatementSyntax { Expression: { } to } statement) => isPlain
            ? Leave(from, to, statement, IsLast((ReturnStatementSyntax)old))
            : statement.WithExpression(ResultOf(from, to).WithTriviaFrom(to)),
        (ExpressionSyntax from, ExpressionSyntax to) => ResultOf(from, to),
        _ => now,
    };

    /// <summary>Takes the statements that a return has become out of their braces, where they stand among others.</summary>
    public static SyntaxNode Flatten(SyntaxNode function)
    {
        while (function.GetAnnotatedNodes(Split).OfType<BlockSyntax>().FirstOrDefault(each => each.Parent is BlockSyntax or SwitchSectionSyntax) is { } block)
        {
            function = block.Statements.Count == 0
                ? function.RemoveNode(block, SyntaxRemoveOptions.KeepNoTrivia) ?? function
                : function.ReplaceNode(block, block.Statements);
        }

        return function;
    }

    private StatementSyntax Leave(ExpressionSyntax from, ExpressionSyntax to, ReturnStatementSyntax statement, bool isLast)
    {
        if (IsCompleted(from))
        {
            return isLast && !statement.GetLeadingTrivia().Any(each => each.IsKind(SyntaxKind.SingleLineCommentTrivia) || each.IsKind(SyntaxKind.MultiLineCommentTrivia))
                ? SyntaxFactory.Block().WithAdditionalAnnotations(Split)
                : statement.WithExpression(null).WithReturnKeyword(statement.ReturnKeyword.WithTrailingTrivia());
        }

        var await = SyntaxFactory.ExpressionStatement(Awaits.InPlaceOf(from, to).WithoutTrivia()).WithLeadingTrivia(statement.GetLeadingTrivia());
        return isLast
            ? await.WithTrailingTrivia(statement.GetTrailingTrivia())
            : SyntaxFactory.Block(await.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed), SyntaxFactory.ReturnStatement().WithTrailingTrivia(statement.GetTrailingTrivia()))
                .WithAdditionalAnnotations(Split, Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
    }

    private ExpressionSyntax ResultOf(ExpressionSyntax from, ExpressionSyntax to) => (from, to) switch
    {
        (ThrowExpressionSyntax, _) => to,
        (_, InvocationExpressionSyntax { ArgumentList.Arguments: [var value] }) when !isPlain && IsFromResult(from) => value.Expression.WithTriviaFrom(to),
        (LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression }, _) when !isPlain && IsValueTask(from) => to,
        _ => Awaits.InPlaceOf(to, to),
    };

    private bool IsCompleted(ExpressionSyntax task) =>
        model.GetSymbolInfo(task).Symbol is IPropertySymbol { Name: "CompletedTask", IsStatic: true, ContainingType: var type } && IsTask(type)
        || (task.IsKind(SyntaxKind.DefaultLiteralExpression) && IsValueTask(task));

    private bool IsFromResult(ExpressionSyntax task) =>
        model.GetSymbolInfo(task).Symbol is IMethodSymbol { Name: "FromResult", IsStatic: true, ContainingType: var type } && IsTask(type);

    private bool IsTask(INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type, types.Task) || SymbolEqualityComparer.Default.Equals(type, types.ValueTask);

    private bool IsValueTask(ExpressionSyntax task) => model.GetTypeInfo(task).ConvertedType is { IsValueType: true };

    private static bool IsLast(ReturnStatementSyntax statement) =>
        statement.Parent is BlockSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax } body && body.Statements[^1] == statement;
}
