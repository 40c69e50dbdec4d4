namespace AsyncGuard.Toolbox;

/// <summary>Does matching a pattern, or not matching it, say that a task is complete?</summary>
internal readonly struct CompletionPatterns(CompletionTests tests)
{
    /// <summary>Whether a match says so.</summary>
    public bool Matches(IOperation value, IPatternOperation pattern, IOperation task) => pattern switch
    {
        IConstantPatternOperation { Value: var constant } => constant.ConstantValue is { HasValue: true, Value: bool says } ? tests.Implies(value, says, task) : IsEnd(value, constant, task),
        IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThanOrEqual, Value: var least } => IsEnd(value, least, task),
        INegatedPatternOperation { Pattern: var negated } => Excludes(value, negated, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Matches(value, or.LeftPattern, task) && Matches(value, or.RightPattern, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => Matches(value, and.LeftPattern, task) || Matches(value, and.RightPattern, task),
        IRecursivePatternOperation recursive when IsOn(recursive, value, task) => AnySaysSo(recursive.PropertySubpatterns),
        _ => false,
    };

    /// <summary>Whether a mismatch says so.</summary>
    public bool Excludes(IOperation value, IPatternOperation pattern, IOperation task) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool says } } => tests.Implies(value, !says, task),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => value.Bare() is IPropertyReferenceOperation { Property.Name: "Exception", Instance: var instance } && tests.Means(instance, task),
        INegatedPatternOperation { Pattern: var negated } => Matches(value, negated, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Excludes(value, or.LeftPattern, task) || Excludes(value, or.RightPattern, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => Excludes(value, and.LeftPattern, task) && Excludes(value, and.RightPattern, task),
        IRecursivePatternOperation { PropertySubpatterns: [var only] } recursive when IsOn(recursive, value, task) =>
            TestedBy(only) is { } property && CompletionTests.IsTest(property) && only.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: false } },
        _ => false,
    };

    /// <summary>Whether one of these says so, of what they are patterns of.</summary>
    public static bool AnySaysSo(ImmutableArray<IPropertySubpatternOperation> properties, IPropertySubpatternOperation? before = null)
    {
        foreach (var each in properties)
        {
            if (ReferenceEquals(each, before))
            {
                return false;
            }

            if (TestedBy(each) is { } property && each.Pattern is IConstantPatternOperation { Value: var constant }
                && ((CompletionTests.IsTest(property) && constant.ConstantValue is { HasValue: true, Value: true }) || (property.Name == "Status" && CompletionTests.IsFinal(constant))))
            {
                return true;
            }
        }

        return false;
    }

    // t is { IsCompleted: true } done: the new name is the task too.
    private bool IsOn(IRecursivePatternOperation pattern, IOperation value, IOperation task) =>
        tests.Means(value, task) || (pattern.DeclaredSymbol is { } declared && task.Bare() is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(declared, local));

    private bool IsEnd(IOperation value, IOperation status, IOperation task) => tests.IsStatusOf(value, task) && CompletionTests.IsFinal(status);

    private static IPropertySymbol? TestedBy(IPropertySubpatternOperation each) => (each.Member as IPropertyReferenceOperation)?.Property;
}
