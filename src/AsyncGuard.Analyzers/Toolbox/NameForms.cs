namespace AsyncGuard.Toolbox;

/// <summary>May this name stand for this function? What its form rules out need not be bound: to bind a name is to bind the function around it.</summary>
internal static class NameForms
{
    public static bool MayName(SimpleNameSyntax name, IMethodSymbol function)
    {
        if (name is GenericNameSyntax && function.Arity == 0)
        {
            return false;
        }

        ExpressionSyntax expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return (expression.Parent is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: var given } call || call.Expression != expression || MayTake(function, given))
            && name.Parent is not (TypeArgumentListSyntax or QualifiedNameSyntax or BaseTypeSyntax or AttributeSyntax or VariableDeclarationSyntax or ParameterSyntax or ObjectCreationExpressionSyntax);
    }

    private static bool MayTake(IMethodSymbol function, int given)
    {
        var (least, most) = (0, function.Parameters.Length);
        foreach (var parameter in function.Parameters)
        {
            least += parameter is { IsOptional: false, IsParams: false } ? 1 : 0;
            most = parameter.IsParams ? int.MaxValue : most;
        }

        return given <= most && given >= least - (function.IsExtensionMethod ? 1 : 0);
    }
}
