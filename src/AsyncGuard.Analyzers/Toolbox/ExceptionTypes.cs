namespace AsyncGuard.Toolbox;

/// <summary>Does a filter compare types itself: <c>ex.GetType() != typeof(OutOfMemoryException)</c>?</summary>
internal static class ExceptionTypes
{
    /// <summary>Whether the type of an object is compared with one that a filter may let through.</summary>
    public static bool AreComparedWithLetThrough(IBinaryOperation comparison, KnownTypes types) =>
        Compares(comparison.LeftOperand, comparison.RightOperand, types) || Compares(comparison.RightOperand, comparison.LeftOperand, types);

    private static bool Compares(IOperation asked, IOperation with, KnownTypes types) =>
        ValueOf(asked.Bare()) is IInvocationOperation { TargetMethod: { Name: "GetType", Parameters.IsEmpty: true, IsStatic: false } }
        && ValueOf(with.Bare()) is ITypeOfOperation { TypeOperand: var type }
        && CancellationPatterns.IsLetThrough(type, types);

    // What a local or a field that nothing else is put into holds.
    private static IOperation? ValueOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => LocalValues.Of(local, operation) is [var only] ? only.Bare() : null,
        IFieldReferenceOperation { Field: { IsReadOnly: true } field, SemanticModel.Compilation: { } compilation } => InitialValues.Of(field, CompilationFacts.Of(compilation), CancellationToken.None)?.Bare(),
        _ => operation,
    };
}
