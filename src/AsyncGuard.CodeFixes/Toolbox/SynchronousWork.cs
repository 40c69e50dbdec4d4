using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does work that awaits nothing look like to someone who wants a task of it?</summary>
internal static class SynchronousWork
{
    /// <summary>The body of a lambda that returned nothing, now one that returns a completed task.</summary>
    public static BlockSyntax Completed(CSharpSyntaxNode body, bool endIsReachable)
    {
        if (body is not BlockSyntax block)
        {
            return Block(ExpressionStatement(((ExpressionSyntax)body).WithoutTrivia()), Done());
        }

        var ends = block.DescendantNodes(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>();
        var completed = block.ReplaceNodes(ends, (end, _) => Done().WithTriviaFrom(end));
        if (!endIsReachable)
        {
            return completed;
        }

        return completed.Statements.LastOrDefault() is { } last
            ? completed.AddStatements(Done().WithLeadingTrivia(IndentationOf(last)).WithTrailingTrivia(last.GetTrailingTrivia().Where(each => each.RawKind is (int)SyntaxKind.EndOfLineTrivia or (int)SyntaxKind.WhitespaceTrivia)))
            : completed.AddStatements(Done());
    }

    private static SyntaxTriviaList IndentationOf(StatementSyntax statement) =>
        statement.GetLeadingTrivia() is [.., var last] && last.IsKind(SyntaxKind.WhitespaceTrivia) ? TriviaList(last) : TriviaList();

    private static ReturnStatementSyntax Done() => ReturnStatement(
        Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space),
        ParseExpression("global::System.Threading.Tasks.Task.CompletedTask").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation),
        Token(SyntaxKind.SemicolonToken));
}
