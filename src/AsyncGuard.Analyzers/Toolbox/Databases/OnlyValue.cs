namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which expression is all that a variable is ever given?</summary>
internal static class OnlyValue
{
    /// <summary>The initialiser of a local, a field or a read-only property; <see langword="null"/> where something else may be assigned.</summary>
    public static ExpressionSyntax? Of(ISymbol variable, IOperation use)
    {
        if (!variable.IsDeclaredHere(use) || variable.DeclaringSyntaxReferences is not [var declaration] || InitialiserOf(declaration.GetSyntax()) is not { } value)
        {
            return null;
        }

        var isConstant = variable is ILocalSymbol { IsConst: true } or IFieldSymbol { IsConst: true };
        return isConstant || variable is IPropertySymbol || !IsAssigned(variable, ScopeOf(variable, declaration.GetSyntax(), use)) ? Bare(value) : null;
    }

    // Neither parentheses nor "!" are operations.
    private static ExpressionSyntax Bare(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax parenthesised => Bare(parenthesised.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Bare(sure.Operand),
        _ => value,
    };

    private static ExpressionSyntax? InitialiserOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
        PropertyDeclarationSyntax { Initializer: { } initialiser, AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration }] } => initialiser.Value,
        _ => null,
    };

    // A local is assigned in the function that declares it, a read-only field in its type.
    private static SyntaxNode ScopeOf(ISymbol variable, SyntaxNode declaration, IOperation use) => variable is ILocalSymbol
        ? EnclosingMember.Of(use.Syntax)
        : (SyntaxNode?)declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? declaration;

    private static bool IsAssigned(ISymbol variable, SyntaxNode scope)
    {
        foreach (var node in scope.DescendantNodes())
        {
            var target = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
                _ => null,
            };
            if (NameOf(target) == variable.Name)
            {
                return true;
            }
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax? target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}

/// <summary>Which function, or which member, does a piece of code stand in? Top-level statements are one.</summary>
internal static class EnclosingMember
{
    public static SyntaxNode Of(SyntaxNode node)
    {
        foreach (var outer in node.AncestorsAndSelf())
        {
            if (outer is MemberDeclarationSyntax and not GlobalStatementSyntax)
            {
                return outer;
            }
        }

        return node.SyntaxTree.GetRoot();
    }
}
