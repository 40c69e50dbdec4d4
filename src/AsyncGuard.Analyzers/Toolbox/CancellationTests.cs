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
    public static bool FailsOnlyForCancellation(IOperation condition, KnownTypes types) => condition.Bare() switch
    {
        { ConstantValue: { HasValue: true, Value: true } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => HoldsOnlyForCancellation(not.Operand, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or =>
            FailsOnlyForCancellation(or.LeftOperand, types) || FailsOnlyForCancellation(or.RightOperand, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and =>
            FailsOnlyForCancellation(and.LeftOperand, types) && FailsOnlyForCancellation(and.RightOperand, types),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var pattern } } => IsCancellationPattern(pattern, types),
        IIsPatternOperation { Value: var tested, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: false } } } => HoldsOnlyForCancellation(tested, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var tested, RightOperand: { ConstantValue: { HasValue: true, Value: false } } } => HoldsOnlyForCancellation(tested, types),
        IInvocationOperation call => OwnFilters.AllAnswer(call, onlyForCancellation: false, types),
        _ => false,
    };

    /// <summary>Whether this condition is true only where the work was cancelled.</summary>
    public static bool HoldsOnlyForCancellation(IOperation condition, KnownTypes types) => condition.Bare() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => FailsOnlyForCancellation(not.Operand, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and =>
            HoldsOnlyForCancellation(and.LeftOperand, types) || HoldsOnlyForCancellation(and.RightOperand, types),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or =>
            HoldsOnlyForCancellation(or.LeftOperand, types) && HoldsOnlyForCancellation(or.RightOperand, types),
        { ConstantValue: { HasValue: true, Value: false } } => true,
        IIsTypeOperation test => IsCancellation(test.TypeOperand, types) || IsTheEnd(test.TypeOperand),
        IIsPatternOperation { Pattern: var pattern } => IsCancellationPattern(pattern, types),
        IInvocationOperation call => OwnFilters.AllAnswer(call, onlyForCancellation: true, types),
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

    private static bool IsCancellationPattern(IPatternOperation pattern, KnownTypes types) => pattern switch
    {
        ITypePatternOperation type => IsCancellation(type.MatchedType, types) || IsTheEnd(type.MatchedType),
        IDeclarationPatternOperation declaration => IsCancellation(declaration.MatchedType, types) || IsTheEnd(declaration.MatchedType),
        IRecursivePatternOperation recursive => IsCancellation(recursive.MatchedType, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => IsCancellationPattern(or.LeftPattern, types) && IsCancellationPattern(or.RightPattern, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => IsCancellationPattern(and.LeftPattern, types) || IsCancellationPattern(and.RightPattern, types),
        _ => false,
    };

    // A process that is out of memory or stack is past guarding: a filter that lets such errors through catches everything that counts.
    private static bool IsTheEnd(ITypeSymbol? type) => type?.Name switch
    {
        "OutOfMemoryException" or "StackOverflowException" or "AccessViolationException" or "AppDomainUnloadedException" or "CannotUnloadAppDomainException"
            or "BadImageFormatException" or "InvalidProgramException" or "InsufficientExecutionStackException" => SystemNamespaces.IsSystem(type.ContainingNamespace),
        "ThreadAbortException" or "SEHException" or "SecurityException" => SystemNamespaces.IsBelowSystem(type.ContainingNamespace),
        _ => false,
    };

    /// <summary>Whether this code runs only behind a test that the work was cancelled.</summary>
    public static bool StandsBehindTest(IOperation operation, KnownTypes types)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not (null or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation choice
                && ((ReferenceEquals(child, choice.WhenTrue) && HoldsOnlyForCancellation(choice.Condition, types))
                    || (ReferenceEquals(child, choice.WhenFalse) && FailsOnlyForCancellation(choice.Condition, types))))
            {
                return true;
            }
        }

        return false;
    }
}
