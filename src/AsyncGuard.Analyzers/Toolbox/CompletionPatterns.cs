namespace AsyncGuard.Toolbox;

/// <summary>Does matching a pattern, or not matching it, say that a task is complete?</summary>
internal readonly struct CompletionPatterns(CompletionTests tests)
{
    /// <summary>Whether a match says so.</summary>
    public bool Matches(IOperation value, IPatternOperation pattern, IOperation task) => pattern switch
    {
        _ when tests.IsStatusOf(value, task) => FinalStatus.Follows(pattern, matches: true),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool says } } => tests.Implies(value, says, task),
        INegatedPatternOperation { Pattern: var negated } => Excludes(value, negated, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Matches(value, or.LeftPattern, task) && Matches(value, or.RightPattern, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => Matches(value, and.LeftPattern, task) || Matches(value, and.RightPattern, task),
        IRecursivePatternOperation recursive when IsOn(recursive, value, task) => AnySaysSo(recursive.PropertySubpatterns),
        _ => false,
    };

    /// <summary>Whether a mismatch says so.</summary>
    public bool Excludes(IOperation value, IPatternOperation pattern, IOperation task) => pattern switch
    {
        _ when tests.IsStatusOf(value, task) => FinalStatus.Follows(pattern, matches: false),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool says } } => tests.Implies(value, !says, task),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => value.Bare() is IPropertyReferenceOperation { Property.Name: "Exception", Instance: var instance } && tests.Means(instance, task),
        INegatedPatternOperation { Pattern: var negated } => Matches(value, negated, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Excludes(value, or.LeftPattern, task) || Excludes(value, or.RightPattern, task),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => Excludes(value, and.LeftPattern, task) && Excludes(value, and.RightPattern, task),
        IRecursivePatternOperation { PropertySubpatterns: [var only] } recursive when IsOn(recursive, value, task) =>
            SaysSo(only, matches: false),
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

            if (SaysSo(each, matches: true))
            {
                return true;
            }
        }

        return false;
    }

    // t is { IsCompleted: true } done: the new name is the task too.
    private bool IsOn(IRecursivePatternOperation pattern, IOperation value, IOperation task) =>
        tests.Means(value, task) || (pattern.DeclaredSymbol is { } declared && task.Bare() is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(declared, local));

    private static bool SaysSo(IPropertySubpatternOperation each, bool matches) => each.Member is IPropertyReferenceOperation { Property: var property }
        && (property.Name == "Status"
            ? FinalStatus.Follows(each.Pattern, matches)
            : CompletionTests.IsTest(property) && each.Pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool says } } && says == matches);
}
