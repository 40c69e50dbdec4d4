namespace AsyncGuard.Toolbox;

/// <summary>Does this condition say that a task is complete?</summary>
internal sealed class CompletionTests(CompilationFacts facts)
{
    /// <summary>Whether the task is complete where the condition has this outcome.</summary>
    public bool Implies(IOperation condition, bool outcome, IOperation task) => condition.Bare() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var inner } => Implies(inner, !outcome, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => outcome
            ? Implies(and.LeftOperand, true, task) || Implies(and.RightOperand, true, task)
            : Implies(and.LeftOperand, false, task) && Implies(and.RightOperand, false, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => outcome
            ? Implies(or.LeftOperand, true, task) && Implies(or.RightOperand, true, task)
            : Implies(or.LeftOperand, false, task) || Implies(or.RightOperand, false, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => outcome && SaysEqual(equal.LeftOperand, equal.RightOperand, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different => !outcome && SaysEqual(different.LeftOperand, different.RightOperand, task),
        IPropertyReferenceOperation property => outcome && IsTest(property.Property) && TaskPlaces.AreSame(property.Instance, task),
        IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } waited } => outcome && TaskPlaces.AreSame(waited, task),
        IIsPatternOperation { Value: var value, Pattern: var pattern } => outcome
            ? Matches(value, pattern, task)
            : pattern is INegatedPatternOperation { Pattern: var negated } && Matches(value, negated, task),
        _ => false,
    };

    /// <summary>Whether matching this pattern says that the task is complete.</summary>
    public bool Matches(IOperation value, IPatternOperation pattern, IOperation task)
    {
        var isStatus = IsStatusOf(value, task);
        return pattern switch
        {
            IConstantPatternOperation { Value: var constant } => (isStatus && IsFinal(constant)) || (constant.ConstantValue is { HasValue: true, Value: true } && Implies(value, true, task)),
            IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => Matches(value, or.LeftPattern, task) && Matches(value, or.RightPattern, task),
            IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => Matches(value, and.LeftPattern, task) || Matches(value, and.RightPattern, task),
            IRecursivePatternOperation { PropertySubpatterns: var properties } when TaskPlaces.AreSame(value, task) => AnySaysSo(properties),
            _ => false,
        };
    }

    private static bool AnySaysSo(ImmutableArray<IPropertySubpatternOperation> properties)
    {
        foreach (var each in properties)
        {
            if (each is { Member: IPropertyReferenceOperation { Property: var property }, Pattern: IConstantPatternOperation { Value: var constant } }
                && ((IsTest(property) && constant.ConstantValue is { HasValue: true, Value: true }) || (property.Name == "Status" && IsFinal(constant))))
            {
                return true;
            }
        }

        return false;
    }

    // t.Status == RanToCompletion, or the winner of WhenAny == t.
    private bool SaysEqual(IOperation one, IOperation other, IOperation task) =>
        (IsStatusOf(one, task) && IsFinal(other)) || (IsStatusOf(other, task) && IsFinal(one))
        || (TaskPlaces.AreSame(one, task) && facts.CompletedTasks.IsWinner(other)) || (TaskPlaces.AreSame(other, task) && facts.CompletedTasks.IsWinner(one));

    private static bool IsStatusOf(IOperation value, IOperation task) =>
        value.Bare() is IPropertyReferenceOperation { Property.Name: "Status", Instance: var instance } && TaskPlaces.AreSame(instance, task);

    private static bool IsFinal(IOperation status) =>
        status.Bare() is IFieldReferenceOperation { Field: { Name: "RanToCompletion" or "Faulted" or "Canceled", ContainingType.Name: "TaskStatus" } };

    private static bool IsTest(IPropertySymbol property) => property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled";
}
