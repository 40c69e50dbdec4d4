using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>Is a connection-string builder finished in the function that makes it? Only then is it known that nobody adds a timeout later.</summary>
internal static class BuilderUse
{
    public static bool StaysHere(IOperation made, ConnectionPlaces places)
    {
        if (made is not { SemanticModel: { } model, Syntax: ExpressionSyntax creation })
        {
            return false;
        }

        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } local })
        {
            return creation.Parent is MemberAccessExpressionSyntax text && IsTextGivenToAPlace(text, model, places);
        }

        var isUsed = false;
        foreach (var node in EnclosingMember.Of(creation).DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var name } use || name != local.Identifier.ValueText || use.Parent is MemberAccessExpressionSyntax { Name: var member } && member == use)
            {
                continue;
            }

            if (use.Parent is not MemberAccessExpressionSyntax access)
            {
                return false;
            }

            if (IsText(access))
            {
                if (!IsTextGivenToAPlace(access, model, places))
                {
                    return false;
                }

                isUsed = true;
            }
            else if (access.Parent is InvocationExpressionSyntax)
            {
                return false; // Add("Timeout", 5), Remove, …
            }
        }

        return isUsed;
    }

    private static bool IsText(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText is "ConnectionString" or "ToString";

    private static bool IsTextGivenToAPlace(MemberAccessExpressionSyntax access, SemanticModel model, ConnectionPlaces places)
    {
        SyntaxNode text = access.Parent is InvocationExpressionSyntax call ? call : access;
        return IsText(access) && text.Parent switch
        {
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } user } } => places.Of(model.GetOperation(user)) is not null,
            AssignmentExpressionSyntax assignment => places.Of(model.GetOperation(assignment)) is not null,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } } => true,
            _ => false,
        };
    }
}
