namespace AsyncGuard.Toolbox;

/// <summary>Does this only refuse a bad argument: a mistake of the caller's, found while it is written, and no failure of the work?</summary>
internal static class ArgumentChecks
{
    /// <summary><c>ArgumentNullException.ThrowIfNull(…)</c> and its kin.</summary>
    public static bool IsOne(IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, ReturnsVoid: true, ContainingType: var type } method
        && method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
        && IsArgumentException(type);

    /// <summary><c>throw new ArgumentNullException(nameof(text))</c> and its kin, of a parameter of the function.</summary>
    public static bool IsOne(IThrowOperation thrown) =>
        thrown.Exception?.Bare() is IObjectCreationOperation { Type: INamedTypeSymbol type } made && IsArgumentException(type) && NamesParameter(made, thrown);

    private static bool NamesParameter(IObjectCreationOperation made, IOperation at)
    {
        foreach (var argument in made.Arguments)
        {
            if (argument is { Parameter.Name: "paramName" or "argumentName", Value.ConstantValue: { HasValue: true, Value: string name } } && IsParameter(name, at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsArgumentException(INamedTypeSymbol type) =>
        type.Name is "ArgumentException" or "ArgumentNullException" or "ArgumentOutOfRangeException" or "InvalidEnumArgumentException" && SystemNamespaces.IsBelowSystem(type.ContainingNamespace);

    private static bool IsParameter(string name, IOperation at)
    {
        foreach (var parameter in at.EnclosingFunction(at.SemanticModel?.GetEnclosingSymbol(at.Syntax.SpanStart)!)?.Parameters ?? [])
        {
            if (parameter.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
