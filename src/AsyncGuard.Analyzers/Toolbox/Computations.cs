namespace AsyncGuard.Toolbox;

/// <summary>Can this operator or conversion fail? Its operands have been looked at already.</summary>
internal readonly struct Computations(CompilationFacts facts, EscapeSearch search)
{
    /// <summary>An operator of this compilation fails as its body does; those of libraries calculate.</summary>
    public Escape? At(IOperation operation)
    {
        var method = operation switch
        {
            IConversionOperation conversion => conversion.OperatorMethod,
            IUnaryOperation unary => unary.OperatorMethod,
            IBinaryOperation binary => binary.OperatorMethod,
            ICompoundAssignmentOperation assignment => assignment.OperatorMethod,
            IIncrementOrDecrementOperation step => step.OperatorMethod,
            _ => null,
        };

        return method is not null && facts.Targets.IsOfThisCompilation(method) && search.Inquiry.Of(method, awaited: false) is { } cause ? new(operation, cause) : null;
    }
}
