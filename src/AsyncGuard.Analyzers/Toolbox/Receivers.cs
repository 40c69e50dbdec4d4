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

    /// <summary>The same names in the same order, down to a local, a parameter, this object or a type.</summary>
    public static bool AreSame(IOperation? one, IOperation? other) => (one?.Bare(), other?.Bare()) switch
    {
        (null, null) => true,
        (IInstanceReferenceOperation, IInstanceReferenceOperation) => true,
        (ILocalReferenceOperation left, ILocalReferenceOperation right) => SymbolEqualityComparer.Default.Equals(left.Local, right.Local),
        (IParameterReferenceOperation left, IParameterReferenceOperation right) => SymbolEqualityComparer.Default.Equals(left.Parameter, right.Parameter),
        (IFieldReferenceOperation left, IFieldReferenceOperation right) => SymbolEqualityComparer.Default.Equals(left.Field, right.Field) && AreSame(left.Instance, right.Instance),
        (IPropertyReferenceOperation { Arguments.IsEmpty: true } left, IPropertyReferenceOperation right) => SymbolEqualityComparer.Default.Equals(left.Property, right.Property) && AreSame(left.Instance, right.Instance),
        _ => false,
    };

    /// <summary>The innermost function around an operation; the outermost operation outside functions.</summary>
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

    /// <summary>Whether an operation or one below it is such a one, in the same function.</summary>
    public static bool HasInFunction(this IOperation operation, Func<IOperation, bool> test)
    {
        if (test(operation))
        {
            return true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && child.HasInFunction(test))
            {
                return true;
            }
        }

        return false;
    }
}
