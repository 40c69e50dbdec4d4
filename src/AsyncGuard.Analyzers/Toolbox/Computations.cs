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

        if (method is null)
        {
            return Fails(operation) ? new(operation) : null;
        }

        return facts.Targets.IsOfThisCompilation(method) && search.Inquiry.Of(method, awaited: false) is { } cause ? new(operation, cause) : null;
    }

    private bool Fails(IOperation operation) => operation switch
    {
        IConversionOperation conversion => IsFallibleCast(conversion) || (conversion.IsChecked && IsByWill && conversion.GetConversion() is { IsNumeric: true, IsExplicit: true }),
        IBinaryOperation { OperatorKind: var kind, LeftOperand.Type: var type, RightOperand: var divisor } binary => DividesByWhatMayBeZero(kind, type, divisor) || (binary.IsChecked && IsByWill && IsWhole(type)),
        ICompoundAssignmentOperation { OperatorKind: var kind, Target.Type: var type, Value: var divisor } assignment => DividesByWhatMayBeZero(kind, type, divisor) || (assignment.IsChecked && IsByWill && IsWhole(type)),
        IUnaryOperation { IsChecked: true, Operand.Type: var type } => IsByWill && IsWhole(type),
        IIncrementOrDecrementOperation { IsChecked: true, Target.Type: var type } => IsByWill && IsWhole(type),
        _ => false,
    };

    // Who writes 'checked' expects the overflow; who sets it for the whole project does not think of it in each line.
    private bool IsByWill => !facts.Compilation.Options.CheckOverflow;

    // What a function is handed it may cast: the sender of an event, the state of a callback. Its type is a matter of agreement.
    private static bool IsFallibleCast(IConversionOperation conversion) =>
        !conversion.IsTryCast
        && !conversion.IsImplicit
        && conversion.Operand.Bare() is not (IParameterReferenceOperation or IAnonymousFunctionOperation or IMethodReferenceOperation)
        && !conversion.Operand.ConstantValue.HasValue
        && conversion.Operand.Type is not { TypeKind: TypeKind.Dynamic }
        && conversion.GetConversion() is { IsExplicit: true } how
        && (how.IsReference || how.IsUnboxing);

    private static bool DividesByWhatMayBeZero(BinaryOperatorKind kind, ITypeSymbol? type, IOperation divisor) =>
        kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder or BinaryOperatorKind.IntegerDivide
        && (IsWhole(type) || type is { SpecialType: SpecialType.System_Decimal })
        && divisor.Bare() is { ConstantValue.HasValue: false } value && !IsKeptAboveZero(value) && value is not IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } }; // a setting: whoever chose it has thought of it

    // Math.Max(count, 1), in place or in a local that holds nothing else.
    private static bool IsKeptAboveZero(IOperation divisor) => divisor switch
    {
        IInvocationOperation { TargetMethod: { Name: "Max", ContainingType.Name: "Math" }, Arguments: [{ Value: var one }, { Value: var other }] } => IsAboveZero(one) || IsAboveZero(other),
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [var only] && IsKeptAboveZero(only.Bare()),
        _ => false,
    };

    private static bool IsAboveZero(IOperation value) => value.Bare().ConstantValue is { HasValue: true, Value: > 0 or > 0L or >= 1d or > 0u };

    private static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}
