namespace AsyncGuard.Fixing;

/// <summary>What does a continuation read of the task before it?</summary>
/// <param name="Results">The places that read its result, to be had from an <c>await</c>.</param>
/// <param name="Tasks">The places that name the task for anything else.</param>
/// <param name="States">The places that name what it is given beside the task.</param>
/// <param name="StateName">What it calls that.</param>
internal sealed record ContinuationReads(IReadOnlyList<SyntaxNode> Results, IReadOnlyList<SyntaxNode> Tasks, IReadOnlyList<SyntaxNode> States, string? StateName)
{
    /// <summary><see langword="null"/> where the lambda returns early: what stands after an <c>await</c> would end with it.</summary>
    public static ContinuationReads? In(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, CancellationToken cancel)
    {
        var parameters = ParametersOf(lambda).Select(each => model.GetDeclaredSymbol(each, cancel)).ToList();
        var (results, tasks, states) = (new List<SyntaxNode>(), new List<SyntaxNode>(), new List<SyntaxNode>());
        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ReturnStatementSyntax when node.Ancestors().First(each => each is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) == lambda:
                    return null;
                case IdentifierNameSyntax name when IndexOf(name) is >= 0 and var index:
                    var result = index == 0 ? ResultOf(name) : null;
                    (index > 0 ? states : result is null ? tasks : results).Add(result ?? name);
                    break;
            }
        }

        return new(results, tasks, states, parameters.Count > 1 ? parameters[1]?.Name : null);

        int IndexOf(IdentifierNameSyntax name) => model.GetSymbolInfo(name, cancel).Symbol is IParameterSymbol meant ? parameters.FindIndex(each => SymbolEqualityComparer.Default.Equals(each, meant)) : -1;
    }

    private static List<ParameterSyntax> ParametersOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax { Parameter: var one } => [one],
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var all } => [.. all],
        AnonymousMethodExpressionSyntax { ParameterList.Parameters: var all } => [.. all],
        _ => [],
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
