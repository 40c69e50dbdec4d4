namespace AsyncGuard.Fixing;

/// <summary>Which expression has to give way when a dropped task is to be looked after?</summary>
internal static class DroppedExpression
{
    /// <summary>All that stands in the statement or after the arrow, and the work in it: what is assigned to <c>_</c>, or the same.</summary>
    public static (ExpressionSyntax Whole, ExpressionSyntax Work)? Around(SyntaxNode node)
    {
        foreach (var outer in node.AncestorsAndSelf())
        {
            if (outer is ExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax } whole
                && (whole.Parent is not LambdaExpressionSyntax lambda || lambda.Body == whole))
            {
                return whole switch
                {
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var work } => (whole, work),
                    AssignmentExpressionSyntax => null,
                    _ => (whole, whole),
                };
            }

            if (outer is StatementSyntax)
            {
                return null;
            }
        }

        return null;
    }
}
