namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete where a <c>try</c> was left by an exception?</summary>
internal sealed class FailedTries(CompilationFacts facts)
{
    /// <summary>Whether the task is complete even where this block was left by an exception, so that its handlers find it so.</summary>
    public bool Complete(IBlockOperation body, IOperation task) => body.Operations is [var first, ..] && first switch
    {
        ITryOperation { Body: var inner } => Complete(inner, task),
        IBlockOperation inner => Complete(inner, task),
        _ => FirstAwait(first) is { Operation: var awaited } && facts.CompletingAwaits.CoversEvenIfItFails(awaited, task),
    };

    // The await that a statement begins with: nothing that can fail stands before it.
    private static IAwaitOperation? FirstAwait(IOperation statement) => statement switch
    {
        IExpressionStatementOperation { Operation: var expression } => FirstAwait(expression),
        IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var only] }] } => only.GetVariableInitializer() is { Value: var value } ? FirstAwait(value) : null,
        IBinaryOperation both => FirstAwait(both.LeftOperand),
        ICoalesceAssignmentOperation => null, // it may not come to it
        IAssignmentOperation { Target: IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation or IDiscardOperation, Value: var value } => FirstAwait(value),
        IReturnOperation { ReturnedValue: { } value } => FirstAwait(value),
        IConversionOperation { Operand: var operand } => FirstAwait(operand),
        _ => statement as IAwaitOperation,
    };
}
