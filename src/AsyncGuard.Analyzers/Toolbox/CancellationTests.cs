namespace AsyncGuard.Toolbox;

/// <summary>Is this about cancellation and nothing else?</summary>
internal static class CancellationTests
{
    /// <summary>Whether what is thrown here is a cancellation, or only ever thrown after a test that it is one.</summary>
    public static bool ThrowsCancellation(IThrowOperation thrown, KnownTypes types)
    {
        if (thrown.Exception is { } exception)
        {
            if (IsCancellation(exception.Bare().Type, types))
            {
                return true;
            }
        }
        else if (CatchClauses.Around(thrown) is { } clause
            && (IsCancellation(clause.ExceptionType, types) || (clause.Filter is { } filter && HoldsOnlyForCancellation(filter, types))))
        {
            return true;
        }

        return StandsBehindTest(thrown, types);
    }

    /// <summary>Whether this condition is false only where the work was cancelled: what a filter may let through.</summary>
    /// <param name="condition">The filter, or a part of it.</param>
    /// <param name="types">The types of the compilation.</param>
    /// <param name="asking">The author's own filters that this condition stands in.</param>
    public static bool FailsOnlyForCancellation(IOperation condition, KnownTypes types, ImmutableArray<IMethodSymbol> asking = default) => condition.Bare() switch
    {
        { ConstantValue: { HasValue: true, Value: true } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => HoldsOnlyForCancellation(not.Operand, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or =>
            FailsOnlyForCancellation(or.LeftOperand, types, asking) || FailsOnlyForCancellation(or.RightOperand, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and =>
            FailsOnlyForCancellation(and.LeftOperand, types, asking) && FailsOnlyForCancellation(and.RightOperand, types, asking),
        IIsPatternOperation { Value: var tested, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool wanted } } } => IsOnlyForCancellation(tested, !wanted, types, asking),
        IIsPatternOperation { Pattern: var pattern } => CancellationPatterns.MissesOnlyCancellation(pattern, types),
        IIsTypeOperation test => SymbolEqualityComparer.Default.Equals(test.TypeOperand, types.Exception),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var tested, RightOperand: { ConstantValue: { HasValue: true, Value: bool wanted } } } => IsOnlyForCancellation(tested, !wanted, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } comparison => ExceptionTypes.AreComparedWithLetThrough(comparison, types),
        IConditionalOperation or ISwitchExpressionOperation => IsChoiceOnlyForCancellation(condition.Bare(), answer: false, types, asking),
        IInvocationOperation call => OwnFilters.AllAnswer(call, onlyForCancellation: false, types, asking),
        _ => false,
    };

    /// <summary>Whether this condition is true only where the work was cancelled.</summary>
    public static bool HoldsOnlyForCancellation(IOperation condition, KnownTypes types, ImmutableArray<IMethodSymbol> asking = default) => condition.Bare() switch
    {
        { ConstantValue: { HasValue: true, Value: false } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => FailsOnlyForCancellation(not.Operand, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and =>
            HoldsOnlyForCancellation(and.LeftOperand, types, asking) || HoldsOnlyForCancellation(and.RightOperand, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or =>
            HoldsOnlyForCancellation(or.LeftOperand, types, asking) && HoldsOnlyForCancellation(or.RightOperand, types, asking),
        IIsTypeOperation test => CancellationPatterns.IsLetThrough(test.TypeOperand, types),
        IIsPatternOperation { Value: var tested, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool wanted } } } => IsOnlyForCancellation(tested, wanted, types, asking),
        IIsPatternOperation { Pattern: var pattern } => CancellationPatterns.MatchesOnlyCancellation(pattern, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var tested, RightOperand: { ConstantValue: { HasValue: true, Value: bool wanted } } } => IsOnlyForCancellation(tested, wanted, types, asking),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison => ExceptionTypes.AreComparedWithLetThrough(comparison, types),
        IConditionalOperation or ISwitchExpressionOperation => IsChoiceOnlyForCancellation(condition.Bare(), answer: true, types, asking),
        IInvocationOperation call => OwnFilters.AllAnswer(call, onlyForCancellation: true, types, asking),
        IPropertyReferenceOperation property => IsTokenTest(property, types),
        _ => false,
    };

    /// <summary><c>IsCancellationRequested</c> of a token or a source.</summary>
    public static bool IsTokenTest(IPropertyReferenceOperation property, KnownTypes types) =>
        property.Property.Name == "IsCancellationRequested"
        && (SymbolEqualityComparer.Default.Equals(property.Property.ContainingType, types.CancellationToken)
            || SymbolEqualityComparer.Default.Equals(property.Property.ContainingType, types.CancellationTokenSource));

    /// <summary><c>OperationCanceledException</c> or a type derived from it.</summary>
    public static bool IsCancellation(ITypeSymbol? type, KnownTypes types)
    {
        for (var it = type; it is not null && types.OperationCanceledException is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, types.OperationCanceledException))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether this code runs only behind a test that the work was cancelled.</summary>
    public static bool StandsBehindTest(IOperation operation, KnownTypes types, ImmutableArray<IMethodSymbol> asking = default)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not (null or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent switch
            {
                IConditionalOperation choice when ReferenceEquals(child, choice.WhenTrue) => HoldsOnlyForCancellation(choice.Condition, types, asking),
                IConditionalOperation choice when ReferenceEquals(child, choice.WhenFalse) => FailsOnlyForCancellation(choice.Condition, types, asking),
                ISwitchCaseOperation { Clauses: var clauses } => CancellationPatterns.AllMatchOnlyCancellation(clauses, types),
                _ => false,
            })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOnlyForCancellation(IOperation condition, bool answer, KnownTypes types, ImmutableArray<IMethodSymbol> asking) =>
        answer ? HoldsOnlyForCancellation(condition, types, asking) : FailsOnlyForCancellation(condition, types, asking);

    private static bool IsChoiceOnlyForCancellation(IOperation choice, bool answer, KnownTypes types, ImmutableArray<IMethodSymbol> asking)
    {
        if (choice is IConditionalOperation { WhenFalse: { } otherwise } either)
        {
            return (IsOnlyForCancellation(either.WhenTrue, answer, types, asking) || HoldsOnlyForCancellation(either.Condition, types, asking))
                && (IsOnlyForCancellation(otherwise, answer, types, asking) || FailsOnlyForCancellation(either.Condition, types, asking));
        }

        foreach (var arm in choice is ISwitchExpressionOperation { Arms: var arms } ? arms : [])
        {
            if (!IsOnlyForCancellation(arm.Value, answer, types, asking) && !CancellationPatterns.MatchesOnlyCancellation(arm.Pattern, types))
            {
                return false;
            }
        }

        return choice is ISwitchExpressionOperation;
    }
}
