namespace AsyncGuard.Toolbox;

/// <summary>Is this task proven complete where it is read? Then reading it blocks nobody.</summary>
/// <remarks>
/// Proofs are looked for outward and backward from the place: what was awaited before on every way there, what was tested, what a task is
/// by its making. Doubt is no proof.
/// </remarks>
internal sealed class Completion(CompilationFacts facts)
{
    private readonly CompletionTests _tests = new(facts);

    public bool IsProven(IOperation task, IOperation at)
    {
        var read = facts.CompletedTasks.Inner(task);
        return facts.CompletedTasks.AreAllOf(read) || IsProvenOnTheWay(read, at);
    }

    private bool IsProvenOnTheWay(IOperation task, IOperation at)
    {
        for (var (child, parent) = (at, at.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (IsProvenBy(parent, child, task))
            {
                return true;
            }

            var statements = parent switch
            {
                IBlockOperation block => block.Operations,
                ISwitchCaseOperation section => section.Body,
                _ => [],
            };

            switch (Before(statements, child, task))
            {
                case true:
                    return true;
                case false:
                    return false;
            }

            // Another round of the loop may have put another task in.
            if (parent is ILoopOperation loop && Assigns(loop, task))
            {
                return false;
            }
        }

        return false;
    }

    private bool IsProvenBy(IOperation parent, IOperation child, IOperation task) => parent switch
    {
        IConditionalOperation choice => (child == choice.WhenTrue && _tests.Implies(choice.Condition, true, task)) || (child == choice.WhenFalse && _tests.Implies(choice.Condition, false, task)),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and => child == and.RightOperand && _tests.Implies(and.LeftOperand, true, task),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or => child == or.RightOperand && _tests.Implies(or.LeftOperand, false, task),
        IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop => child == loop.Body && _tests.Implies(condition, !loop.ConditionIsUntil, task) && !Assigns(loop.Body, task),
        ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm => child == arm.Value && (_tests.Matches(choice.Value, arm.Pattern, task) || (arm.Guard is { } guard && _tests.Implies(guard, true, task))),
        ISwitchCaseOperation { Parent: ISwitchOperation choice } section => AllMatch(section, choice, task),
        _ => false,
    };

    private bool AllMatch(ISwitchCaseOperation section, ISwitchOperation choice, IOperation task)
    {
        foreach (var clause in section.Clauses)
        {
            var says = clause switch
            {
                ISingleValueCaseClauseOperation { Value: var value } => value.Parent is not null && SaysFinal(choice.Value, value, task),
                IPatternCaseClauseOperation { Pattern: var pattern, Guard: var guard } => _tests.Matches(choice.Value, pattern, task) || (guard is not null && _tests.Implies(guard, true, task)),
                _ => false,
            };

            if (!says)
            {
                return false;
            }
        }

        return !section.Clauses.IsEmpty;
    }

    private static bool SaysFinal(IOperation value, IOperation constant, IOperation task) =>
        value.Bare() is IPropertyReferenceOperation { Property.Name: "Status", Instance: var instance } && TaskPlaces.AreSame(instance, task)
        && constant.Bare() is IFieldReferenceOperation { Field.Name: "RanToCompletion" or "Faulted" or "Canceled" };

    // True: proven by a statement before; false: another task was put in since; null: look further out.
    private bool? Before(ImmutableArray<IOperation> statements, IOperation child, IOperation task)
    {
        for (var i = statements.IndexOf(child) - 1; i >= 0; i--)
        {
            if (facts.Completing.Completes(statements[i], task, _tests))
            {
                return true;
            }

            if (Assigns(statements[i], task))
            {
                return false;
            }
        }

        return null;
    }

    private static bool Assigns(IOperation within, IOperation task)
    {
        foreach (var operation in within.DescendantsAndSelf())
        {
            if ((operation is IAssignmentOperation { Target: var target } && TaskPlaces.AreSame(target, task))
                || (operation is IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: var passed } && TaskPlaces.AreSame(passed, task)))
            {
                return true;
            }
        }

        return false;
    }
}
