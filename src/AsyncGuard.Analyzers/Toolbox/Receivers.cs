namespace AsyncGuard.Toolbox;

/// <summary>Are two expressions surely the same object?</summary>
internal static class Receivers
{
    /// <summary>What an expression names, where the name alone tells the object within one function: a local, a parameter, a field or property of this object or of a type.</summary>
    public static ISymbol? SymbolOf(IOperation expression) => expression.Bare() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property.IsIndexer: false } property => property.Property,
        _ => null,
    };

    /// <summary>The body of the innermost function around an operation; the outermost operation outside functions.</summary>
    public static IOperation FunctionRoot(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                break;
            }
        }

        return operation;
    }
}
