namespace AsyncGuard.Toolbox;

/// <summary>Does this <c>throw</c> only name a state that cannot be: a mistake in the program, found while it is written, and no failure of the work?</summary>
/// <remarks>
/// What is checked for null where a function begins would throw a line later, where it is used, and that counts for nothing; the check gives
/// the mistake a name. The same holds for a value that an enumeration does not have.
/// </remarks>
internal static class Preconditions
{
    /// <summary><c>if (Client == null) throw new InvalidOperationException(…)</c> before all else, or the arm for an unknown value of an enumeration.</summary>
    public static bool IsOne(IThrowOperation thrown) =>
        thrown.Exception?.Bare() is IObjectCreationOperation { Type: INamedTypeSymbol { Name: "InvalidOperationException" or "UnreachableException" or "ArgumentOutOfRangeException" or "InvalidEnumArgumentException" or "NotSupportedException" } type }
        && SystemNamespaces.IsBelowSystem(type.ContainingNamespace)
        && (IsUnknownValue(thrown) || (type.Name == "InvalidOperationException" && IsOfMissingState(thrown)));

    private static bool IsUnknownValue(IThrowOperation thrown)
    {
        var parent = thrown.Parent;
        while (parent is IConversionOperation or IBlockOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            ISwitchExpressionArmOperation { Pattern: IDiscardPatternOperation, Parent: ISwitchExpressionOperation { Value: var value } } => IsEnum(value),
            ISwitchCaseOperation { Clauses: [IDefaultCaseClauseOperation], Parent: ISwitchOperation { Value: var value } } => IsEnum(value),
            _ => false,
        };
    }

    private static bool IsEnum(IOperation value) => value.Bare().Type?.TypeKind == TypeKind.Enum;

    private static bool IsOfMissingState(IThrowOperation thrown)
    {
        var parent = thrown.Parent is IBlockOperation { Operations.Length: 1 } block ? block.Parent : thrown.Parent;
        return parent is IConditionalOperation { WhenFalse: null, Condition: var condition, Parent: IBlockOperation body } check && IsNullTestOfState(condition) && IsOneOfTheFirst(check, body);
    }

    private static bool IsNullTestOfState(IOperation condition) => condition.Bare() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } => IsNull(right) ? IsState(left) : IsNull(left) && IsState(right),
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value: var constant } } => IsNull(constant) && IsState(value),
        _ => false,
    };

    private static bool IsNull(IOperation value) => value.Bare().ConstantValue is { HasValue: true, Value: null };

    private static bool IsState(IOperation value) => value.Bare() is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } or IInvalidOperation; // what does not bind is no evidence

    // Whatever comes before it only checks as well.
    private static bool IsOneOfTheFirst(IConditionalOperation check, IBlockOperation body)
    {
        if (body.Parent is not (IMethodBodyBaseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            return false;
        }

        foreach (var statement in body.Operations)
        {
            if (ReferenceEquals(statement, check))
            {
                return true;
            }

            if (!Checks(statement))
            {
                return false;
            }
        }

        return false;
    }

    private static bool Checks(IOperation statement) => statement switch
    {
        IConditionalOperation { WhenFalse: null, WhenTrue: IThrowOperation or IBlockOperation { Operations: [IThrowOperation] } } => true,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => ArgumentChecks.IsOne(call),
        IExpressionStatementOperation { Operation: IInvalidOperation } => true,
        _ => false,
    };
}
