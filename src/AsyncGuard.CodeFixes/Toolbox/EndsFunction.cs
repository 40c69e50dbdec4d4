namespace AsyncGuard.Fixing;

/// <summary>Does nothing of its function run after this statement?</summary>
internal static class EndsFunction
{
    public static bool IsOne(StatementSyntax? statement)
    {
        for (SyntaxNode? inner = statement; inner is not null; inner = inner.Parent)
        {
            switch (inner.Parent)
            {
                case BlockSyntax block when block.Statements[^1] == inner:
                case IfStatementSyntax or ElseClauseSyntax:
                    continue;
                case MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or AccessorDeclarationSyntax or ConstructorDeclarationSyntax:
                    return true;
                default:
                    return false;
            }
        }

        return false;
    }
}
