namespace AsyncGuard.Fixing;

/// <summary>What does a continuation read of the task before it?</summary>
/// <param name="Results">The places that read its result, to be had from an <c>await</c>.</param>
/// <param name="Tasks">The places that name the task for anything else.</param>
internal sealed record ContinuationReads(IReadOnlyList<SyntaxNode> Results, IReadOnlyList<SyntaxNode> Tasks)
{
    /// <summary><see langword="null"/> where the lambda returns early: what stands after an <c>await</c> would end with it.</summary>
    public static ContinuationReads? In(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, CancellationToken cancel)
    {
        var symbol = ParameterOf(lambda) is { } parameter ? model.GetDeclaredSymbol(parameter, cancel) : null;
        var (results, tasks) = (new List<SyntaxNode>(), new List<SyntaxNode>());
        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ReturnStatementSyntax when node.Ancestors().First(each => each is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) == lambda:
                    return null;
                case IdentifierNameSyntax name when symbol is not null && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, symbol):
                    var result = ResultOf(name);
                    (result is null ? tasks : results).Add(result ?? name);
                    break;
            }
        }

        return new(results, tasks);
    }

    private static ParameterSyntax? ParameterOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax { Parameter: var one } => one,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var one] } => one,
        AnonymousMethodExpressionSyntax { ParameterList.Parameters: [var one] } => one,
        _ => null,
    };

    // t.Result, await t, t.GetAwaiter().GetResult(), where somebody takes the value.
    private static ExpressionSyntax? ResultOf(IdentifierNameSyntax task) => task.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result when result.Expression == task => result,
        AwaitExpressionSyntax { Parent: not (ExpressionStatementSyntax or LambdaExpressionSyntax) } wait => wait,
        MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "GetAwaiter",
            Parent: InvocationExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Parent: InvocationExpressionSyntax { Parent: not (ExpressionStatementSyntax or LambdaExpressionSyntax) } all } },
        } => all,
        _ => null,
    };
}
