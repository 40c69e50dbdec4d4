namespace AsyncGuard.Fixing;

/// <summary>May an <c>await</c> stand at this place, once the function around it is async?</summary>
internal static class AwaitPlaces
{
    /// <summary>The declaration of the innermost function around a place, or <see langword="null"/> where an <c>await</c> can never stand.</summary>
    /// <remarks>The compilation unit stands for top-level statements.</remarks>
    public static SyntaxNode? FunctionAround(SyntaxNode place)
    {
        for (var (inner, outer) = (place, place.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax when inner is BlockSyntax or ArrowExpressionClauseSyntax:
                case AnonymousFunctionExpressionSyntax function when function.Body == inner:
                    return outer;
                case GlobalStatementSyntax:
                    return outer.Parent;
                case MemberDeclarationSyntax or AccessorDeclarationSyntax or AttributeSyntax or ParameterSyntax:
                    return null;
                default:
                    if (Forbids(outer, inner))
                    {
                        return null;
                    }

                    break;
            }
        }

        return null;
    }

    private static bool Forbids(SyntaxNode outer, SyntaxNode inner) => outer switch
    {
        LockStatementSyntax held => held.Statement == inner,
        UnsafeStatementSyntax or FixedStatementSyntax or CatchFilterClauseSyntax => true,
        FromClauseSyntax from => from.Parent is not QueryExpressionSyntax,
        JoinClauseSyntax join => join.InExpression != inner,
        QueryClauseSyntax or SelectOrGroupClauseSyntax => true,
        _ => false,
    };
}
