using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>One iteration of a loop as a lambda that the supervisor calls: its token is the supervisor's, <c>continue</c> is <c>return</c>.</summary>
internal static class SupervisedBody
{
    /// <summary><see langword="null"/> where the iteration can leave the loop.</summary>
    public static LambdaExpressionSyntax? Of(FixSite site, LoopSite loop, IReadOnlyList<StatementSyntax> statements, string token)
    {
        if (site.Model.GetOperation(loop.Loop) is not ILoopOperation operation
            || operation.Body.Descendants().Any(each => LoopExits.Leaves(each, operation) && each.Syntax != loop.Loop))
        {
            return null;
        }

        var own = statements.SelectMany(OwnNodes).ToList();
        var isAsync = own.Any(each => each is AwaitExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });
        var code = new Written(site, loop.Loop);
        var end = (ReturnStatementSyntax)code.Statement(isAsync ? "return;" : $"return {code.Task}.CompletedTask;");
        var continues = own.OfType<ContinueStatementSyntax>().Where(each => Continues(each, loop.Loop)).ToList<SyntaxNode>();
        var tokens = loop.Token is null ? [] : statements.SelectMany(each => each.DescendantNodes()).Where(each => Means(each, loop.Token)).ToList();

        var replaced = continues.Concat(tokens).ToDictionary(
            old => old, old => old is ContinueStatementSyntax ? end.WithTriviaFrom(old) : (SyntaxNode)SyntaxFactory.IdentifierName(token).WithTriviaFrom(old));
        var block = SyntaxFactory.Block(statements.Select(new SupervisedTokens(site.Model, token, replaced).Of));
        block = isAsync ? block : block.AddStatements(end);
        var lambda = SyntaxFactory.SimpleLambdaExpression(SyntaxFactory.Parameter(SyntaxFactory.Identifier(token)), block);
        return isAsync ? lambda.WithAsyncKeyword(SyntaxFactory.Token(SyntaxKind.AsyncKeyword)) : lambda;
    }

    private static IEnumerable<SyntaxNode> OwnNodes(StatementSyntax statement) =>
        statement.DescendantNodesAndSelf(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool Continues(ContinueStatementSyntax statement, StatementSyntax loop) =>
        statement.Ancestors().First(each => each is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax) == loop;

    // The same words for the same token: stoppingToken, _stop.Token.
    private static bool Means(SyntaxNode node, ExpressionSyntax token) => node.RawKind == token.RawKind
        && SyntaxFactory.AreEquivalent(node, token)
        && !(node.Parent is NameColonSyntax || (node.Parent is MemberAccessExpressionSyntax access && access.Name == node));
}
