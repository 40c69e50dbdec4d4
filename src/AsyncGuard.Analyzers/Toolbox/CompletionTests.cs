namespace AsyncGuard.Toolbox;

/// <summary>Does this condition say that a task is complete?</summary>
internal sealed class CompletionTests(CompilationFacts facts)
{
    private const int Depth = 16;

    public CompletionPatterns Patterns => new(this);

    private CompletionMembers Members => new(facts, this);

    /// <summary>Whether the task is complete where the condition has this outcome.</summary>
    public bool Implies(IOperation condition, bool outcome, IOperation task) => Implies(condition, outcome, task, Depth);

    /// <param name="condition">What is asked.</param>
    /// <param name="outcome">What the answer is.</param>
    /// <param name="task">The task.</param>
    /// <param name="depth">How far to look for what is asked.</param>
    public bool Implies(IOperation condition, bool outcome, IOperation task, int depth) => depth > 0 && condition.Bare() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var inner } => Implies(inner, !outcome, task, depth),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and => outcome
            ? Implies(and.LeftOperand, true, task, depth) || Implies(and.RightOperand, true, task, depth)
            : Implies(and.LeftOperand, false, task, depth) && Implies(and.RightOperand, false, task, depth),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or => outcome
            ? Implies(or.LeftOperand, true, task, depth) && Implies(or.RightOperand, true, task, depth)
            : Implies(or.LeftOperand, false, task, depth) || Implies(or.RightOperand, false, task, depth),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => SaysEqual(equal.LeftOperand, equal.RightOperand, outcome, task, depth),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different => SaysEqual(different.LeftOperand, different.RightOperand, !outcome, task, depth),
        IBinaryOperation compared when IsStatusOf(compared.LeftOperand, task) => FinalStatus.Follows(compared.OperatorKind, compared.RightOperand, outcome),
        IBinaryOperation compared when IsStatusOf(compared.RightOperand, task) => FinalStatus.Follows(FinalStatus.Mirrored(compared.OperatorKind), compared.LeftOperand, outcome),
        IPropertyReferenceOperation property => (outcome && IsTest(property.Property) && Means(property.Instance, task)) || Members.Imply(property, outcome, task, depth - 1),
        IConditionalAccessOperation access => outcome && Implies(access.WhenNotNull, true, task, depth),
        ICoalesceOperation { WhenNull.ConstantValue: { HasValue: true, Value: false } } either => outcome && Implies(either.Value, true, task, depth),
        IIsPatternOperation { Value: var value, Pattern: var pattern } => outcome ? Patterns.Matches(value, pattern, task) : Patterns.Excludes(value, pattern, task),
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [var only] && Implies(only, outcome, task, depth - 1),
        IInvocationOperation call => SaysSo(call, outcome, task, depth),
        _ => false,
    };

    /// <summary>Whether a place that is complete means that the task is: the same one, or one that awaits it.</summary>
    public bool Means(IOperation? place, IOperation task) => place is not null && (TaskPlaces.AreSame(place, task) || (place.Bare() is ILocalReferenceOperation && facts.CompletingAwaits.CoversEvenIfItFails(place, task)));

    public static bool IsTest(IPropertySymbol property) => property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled";

    /// <summary>Whether this is the task's <c>Status</c>.</summary>
    public bool IsStatusOf(IOperation value, IOperation task) => value.Bare() is IPropertyReferenceOperation { Property.Name: "Status", Instance: var instance } && Means(instance, task);

    private bool SaysSo(IInvocationOperation call, bool outcome, IOperation task, int depth)
    {
        switch (call.TargetMethod.Name)
        {
            case "Wait" when call.Instance is { } waited:
                return outcome && Means(waited, task);
            case "Equals" or "ReferenceEquals":
                return call.Arguments switch
                {
                    [var other] when call.Instance is { } one => SaysEqual(one, other.Value, outcome, task, depth),
                    [var one, var other] => SaysEqual(one.Value, other.Value, outcome, task, depth),
                    _ => false,
                };
            case "WaitAll" when facts.Awaitables.IsTask(call.TargetMethod.ContainingType) && call.Arguments.Length > 0:
                return outcome && facts.CompletingAwaits.IsAmong(call.Arguments[0].Value, task);
            case "All" or "TrueForAll":
                return outcome && SaysOfEach(call, outcome: true, task, depth);
            case "Any" or "Exists":
                return !outcome && SaysOfEach(call, outcome: false, task, depth);
            default:
                return Members.Imply(call, outcome, task, depth - 1);
        }
    }

    // tasks.All(t => t.IsCompleted), !tasks.Any(t => !t.IsCompleted)
    private bool SaysOfEach(IInvocationOperation call, bool outcome, IOperation task, int depth) =>
        TaskSources.QueriedBy(call) is { } all && TaskSources.AreSame(all, task)
        && PredicateOf(call) is ({ } element, { } condition) && Implies(condition, outcome, element, depth - 1);

    /// <summary>The parameter of a predicate that a query is given, where its body reads it, and what the predicate says.</summary>
    public static (IOperation? Element, IOperation? Condition) PredicateOf(IInvocationOperation call)
    {
        if (call.Arguments is [.., { Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var parameter], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } } }])
        {
            foreach (var operation in condition.DescendantsAndSelf())
            {
                if (operation is IParameterReferenceOperation { Parameter: var read } && SymbolEqualityComparer.Default.Equals(read, parameter))
                {
                    return (operation, condition);
                }
            }
        }

        return default;
    }

    private bool SaysEqual(IOperation one, IOperation other, bool areEqual, IOperation task, int depth)
    {
        if (one.Bare().ConstantValue is { HasValue: true, Value: bool first })
        {
            return Implies(other, areEqual == first, task, depth);
        }

        if (other.Bare().ConstantValue is { HasValue: true, Value: bool second })
        {
            return Implies(one, areEqual == second, task, depth);
        }

        return areEqual
            ? (IsStatusOf(one, task) && FinalStatus.IsOne(other)) || (IsStatusOf(other, task) && FinalStatus.IsOne(one)) || IsWinner(one, other, task) || IsWinner(other, one, task)
                || WinningIndex.IsOf(one, other, task, facts.Awaitables) || WinningIndex.IsOf(other, one, task, facts.Awaitables)
            : IsLoser(one, other, task) || IsLoser(other, one, task) || SaysFaulted(one, other, task);
    }

    private bool IsWinner(IOperation one, IOperation winner, IOperation task) => Means(one, task) && facts.CompletedTasks.IsWinner(winner);

    // Of two, the other one has not won: this one has.
    private bool IsLoser(IOperation one, IOperation winner, IOperation task) =>
        facts.CompletedTasks.RaceOf(winner) is [var a, var b] && ((TaskPlaces.AreSame(a, one) && Means(b, task)) || (TaskPlaces.AreSame(b, one) && Means(a, task)));

    // t.Exception != null
    private bool SaysFaulted(IOperation one, IOperation other, IOperation task) =>
        other.Bare().ConstantValue is { HasValue: true, Value: null } && one.Bare() is IPropertyReferenceOperation { Property.Name: "Exception", Instance: var instance } && Means(instance, task);
}
