namespace AsyncGuard.Toolbox;

/// <summary>Does a member of the author's (<c>bool IsDone(Task task) => task.IsCompleted</c>, <c>HasValue</c>) say that a task is complete?</summary>
internal readonly struct CompletionMembers(CompilationFacts facts, CompletionTests tests)
{
    /// <summary>A method that is given the task. One of a library is known by its name.</summary>
    public bool Imply(IInvocationOperation call, bool outcome, IOperation task, int depth)
    {
        if (call.TargetMethod is not { ReturnType.SpecialType: SpecialType.System_Boolean } method)
        {
            return false;
        }

        if (method.Name is "IsCompletedSuccessfully" or "IsRanToCompletion")
        {
            return outcome && (call.Instance ?? (call.Arguments.IsEmpty ? null : call.Arguments[0].Value)) is { } asked && tests.Means(asked, task);
        }

        if (facts.Targets.Of(call) is not [var target] || AnswerOf(target) is not { } answer)
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && facts.Awaitables.IsAwaitable(parameter.Type) && tests.Means(argument.Value, task)
                && Read(answer, target.Parameters[parameter.Ordinal]) is { } element && tests.Implies(answer, outcome, element, depth))
            {
                return true;
            }
        }

        return call.Instance is IInstanceReferenceOperation && tests.Implies(answer, outcome, task, depth);
    }

    /// <summary>A property of the same object.</summary>
    public bool Imply(IPropertyReferenceOperation property, bool outcome, IOperation task, int depth) =>
        property is { Property: { Type.SpecialType: SpecialType.System_Boolean, GetMethod: { } get }, Instance: IInstanceReferenceOperation }
        && facts.Targets.On(get, property.Instance) is [var target]
        && AnswerOf(target) is { } answer
        && tests.Implies(answer, outcome, task, depth);

    private IOperation? AnswerOf(IMethodSymbol member) => facts.Bodies.Of(member) switch
    {
        IMethodBodyOperation { BlockBody.Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
        IMethodBodyOperation { ExpressionBody.Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
        IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
        ILocalFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
        _ => null,
    };

    private static IOperation? Read(IOperation answer, IParameterSymbol parameter)
    {
        foreach (var operation in answer.DescendantsAndSelf())
        {
            if (operation is IParameterReferenceOperation { Parameter: var read } && SymbolEqualityComparer.Default.Equals(read.OriginalDefinition, parameter.OriginalDefinition))
            {
                return operation;
            }
        }

        return null;
    }
}
