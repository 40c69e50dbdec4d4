namespace AsyncGuard.Toolbox;

/// <summary>Does what is said about a task's <c>Status</c> leave only those that a task ends in?</summary>
internal static class FinalStatus
{
    private const int LastUnfinished = 4; // TaskStatus.WaitingForChildrenToComplete; then come RanToCompletion, Canceled and Faulted

    /// <summary>Whether this is such a status.</summary>
    public static bool IsOne(IOperation status) => Number(status) > LastUnfinished;

    /// <summary>Whether every status that compares like this with that one, or does not, is such a status.</summary>
    public static bool Follows(BinaryOperatorKind comparison, IOperation status, bool holds) => (comparison, holds) switch
    {
        (BinaryOperatorKind.GreaterThanOrEqual, true) or (BinaryOperatorKind.LessThan, false) => IsOne(status),
        (BinaryOperatorKind.GreaterThan, true) or (BinaryOperatorKind.LessThanOrEqual, false) => Number(status) >= LastUnfinished,
        _ => false,
    };

    /// <summary>Whether every status that matches, or does not, is such a status.</summary>
    public static bool Follows(IPatternOperation pattern, bool matches) => pattern switch
    {
        IConstantPatternOperation { Value: var constant } => matches && IsOne(constant),
        IRelationalPatternOperation { OperatorKind: var comparison, Value: var bound } => Follows(comparison, bound, matches),
        INegatedPatternOperation { Pattern: var negated } => Follows(negated, !matches),
        IBinaryPatternOperation { OperatorKind: var kind, LeftPattern: var left, RightPattern: var right } => (kind == BinaryOperatorKind.And) == matches
            ? Follows(left, matches) || Follows(right, matches)
            : Follows(left, matches) && Follows(right, matches),
        _ => false,
    };

    /// <summary>The same comparison with its sides exchanged.</summary>
    public static BinaryOperatorKind Mirrored(BinaryOperatorKind comparison) => comparison switch
    {
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        _ => comparison,
    };

    private static int Number(IOperation value) => value.Bare().ConstantValue is { HasValue: true, Value: int number } ? number : -1;
}
