namespace AsyncGuard.Fixing;

/// <summary>How is an <c>await</c> written where another expression stands, so that it binds as it reads?</summary>
internal static class Awaits
{
    /// <summary>Awaits <paramref name="task"/> in the place of <paramref name="old"/>, with its trivia and the parentheses that either side needs.</summary>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax old, ExpressionSyntax task)
    {
        var operand = IsUnary(task) ? task.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(task.WithoutTrivia());
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand);
        if (BindsTighter(old))
        {
            awaited = SyntaxFactory.ParenthesizedExpression(awaited);
        }

        return awaited.WithTriviaFrom(old);
    }

    private static bool IsUnary(ExpressionSyntax task) => task is not (BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax
        or SwitchExpressionSyntax or WithExpressionSyntax or RangeExpressionSyntax or IsPatternExpressionSyntax or LambdaExpressionSyntax or QueryExpressionSyntax
        or ThrowExpressionSyntax);

    private static bool BindsTighter(ExpressionSyntax old) => old.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == old,
        ConditionalAccessExpressionSyntax access => access.Expression == old,
        ElementAccessExpressionSyntax access => access.Expression == old,
        InvocationExpressionSyntax call => call.Expression == old,
        PostfixUnaryExpressionSyntax => true,
        SwitchExpressionSyntax choice => choice.GoverningExpression == old,
        WithExpressionSyntax copy => copy.Expression == old,
        _ => false,
    };
}
