namespace AsyncGuard.Toolbox;

/// <summary>Is this task proven complete where it is read? Then reading it blocks nobody.</summary>
/// <remarks>
/// Proofs are looked for outward and backward from the place: what was awaited before on every way there, what was tested, what a task is
/// by its making. Doubt is no proof.
/// </remarks>
internal sealed class Completion(CompilationFacts facts)
{
    private const int Calls = 3;

    private readonly Antecedents _antecedents = new(facts);

    public bool IsProven(IOperation task, IOperation at)
    {
        var read = facts.CompletedTasks.Inner(task);
        if (read.Bare() is IConditionalOperation { WhenFalse: { } other } choice)
        {
            return IsProven(choice.WhenTrue, at) && IsProven(other, at);
        }

        return facts.CompletedTasks.AreAllOf(read) || IsProvenOnTheWay(read, at, Calls)
            || (TaskPlaces.AliasOf(read) is { } alias && IsProvenOnTheWay(alias, at, Calls));
    }

    private bool IsProvenOnTheWay(IOperation task, IOperation at, int calls)
    {
        for (var (child, parent) = (at, at.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (IsProvenBy(parent, child, task) || AnyCompletes(EvaluatedBefore.In(parent, child), task))
            {
                return true;
            }

            switch (parent)
            {
                case IBlockOperation block when Before(block.Operations, child, task) is { } answer:
                    return answer;
                case ISwitchCaseOperation section when Before(section.Body, child, task) is { } answer:
                    return answer;
                // Another round of the loop may have put another task in.
                case ILoopOperation loop when TaskPlaces.Assigns(loop, task):
                    return false;
                case ILocalFunctionOperation function:
                    return IsProvenAtEveryCall(function, task, calls);
            }
        }

        return false;
    }

    private bool IsProvenBy(IOperation parent, IOperation child, IOperation task) => parent switch
    {
        IConditionalOperation choice => (child == choice.WhenTrue && Tests.Implies(choice.Condition, true, task)) || (child == choice.WhenFalse && Tests.Implies(choice.Condition, false, task)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => child == and.RightOperand && Tests.Implies(and.LeftOperand, true, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => child == or.RightOperand && Tests.Implies(or.LeftOperand, false, task),
        IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop => child == loop.Body && Tests.Implies(condition, true, task) && !TaskPlaces.Assigns(loop.Body, task),
        ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm => Tests.Patterns.Matches(choice.Value, arm.Pattern, task) || (child == arm.Value && arm.Guard is { } guard && Tests.Implies(guard, true, task)),
        ISwitchCaseOperation { Parent: ISwitchOperation choice } section => AllMatch(section, choice, task),
        IPropertySubpatternOperation { Parent: IRecursivePatternOperation pattern } property => CompletionPatterns.AnySaysSo(pattern.PropertySubpatterns, before: property),
        ITryOperation guard => child != guard.Body && facts.FailedTries.Complete(guard.Body, task),
        IAnonymousFunctionOperation lambda => _antecedents.RunsAfter(lambda, task),
        _ => false,
    };

    private CompletionTests Tests => facts.CompletionTests;

    private bool AnyCompletes(IEnumerable<IOperation> evaluated, IOperation task)
    {
        foreach (var operation in evaluated)
        {
            if (facts.Completing.Surely(operation, task))
            {
                return true;
            }
        }

        return false;
    }

    private bool AllMatch(ISwitchCaseOperation section, ISwitchOperation choice, IOperation task)
    {
        foreach (var clause in section.Clauses)
        {
            var says = clause switch
            {
                ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: bool value } } => Tests.Implies(choice.Value, value, task),
                ISingleValueCaseClauseOperation { Value: var value } => Tests.IsStatusOf(choice.Value, task) && FinalStatus.IsOne(value),
                IPatternCaseClauseOperation { Pattern: var pattern, Guard: var guard } => Tests.Patterns.Matches(choice.Value, pattern, task) || (guard is not null && Tests.Implies(guard, true, task)),
                _ => false,
            };

            if (!says)
            {
                return false;
            }
        }

        return !section.Clauses.IsEmpty;
    }

    // True: proven by a statement before; false: another task was put in since; null: look further out.
    private bool? Before(ImmutableArray<IOperation> statements, IOperation child, IOperation task)
    {
        for (var i = statements.IndexOf(child) - 1; i >= 0; i--)
        {
            if (facts.Completing.Completes(statements[i], task))
            {
                return true;
            }

            if (TaskPlaces.Assigns(statements[i], task))
            {
                return false;
            }
        }

        return null;
    }

    // A local function runs where it is called, not where it stands.
    private bool IsProvenAtEveryCall(ILocalFunctionOperation function, IOperation task, int calls)
    {
        var isCalled = false;
        foreach (var operation in function.Root().Descendants())
        {
            var used = operation switch
            {
                IInvocationOperation { TargetMethod: var called } => called,
                IMethodReferenceOperation { Method: var named } => named,
                _ => null,
            };
            if (used is not null && SymbolEqualityComparer.Default.Equals(used.OriginalDefinition, function.Symbol))
            {
                if (calls == 0 || !IsProvenOnTheWay(task, operation, calls - 1))
                {
                    return false;
                }

                isCalled = true;
            }
        }

        return isCalled;
    }
}
