namespace AsyncGuard.Toolbox;

/// <summary>Does this pattern speak of cancellation and nothing else?</summary>
internal static class CancellationPatterns
{
    /// <summary>Whether only a cancellation matches, or an error after which there is no process left to guard.</summary>
    public static bool MatchesOnlyCancellation(IPatternOperation pattern, KnownTypes types) => pattern switch
    {
        ITypePatternOperation type => IsLetThrough(type.MatchedType, types),
        IDeclarationPatternOperation declaration => IsLetThrough(declaration.MatchedType, types),
        IRecursivePatternOperation recursive => IsLetThrough(recursive.MatchedType, types),
        INegatedPatternOperation { Pattern: var inner } => MissesOnlyCancellation(inner, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => MatchesOnlyCancellation(or.LeftPattern, types) && MatchesOnlyCancellation(or.RightPattern, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => MatchesOnlyCancellation(and.LeftPattern, types) || MatchesOnlyCancellation(and.RightPattern, types),
        _ => false,
    };

    /// <summary>Whether everything else matches.</summary>
    public static bool MissesOnlyCancellation(IPatternOperation pattern, KnownTypes types) => pattern switch
    {
        INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } => true, // an exception is never null
        INegatedPatternOperation { Pattern: var inner } => MatchesOnlyCancellation(inner, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and => MissesOnlyCancellation(and.LeftPattern, types) && MissesOnlyCancellation(and.RightPattern, types),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } or => MissesOnlyCancellation(or.LeftPattern, types) || MissesOnlyCancellation(or.RightPattern, types),
        _ => false,
    };

    /// <summary>Whether every label of this <c>case</c> is for cancellation.</summary>
    public static bool AllMatchOnlyCancellation(ImmutableArray<ICaseClauseOperation> clauses, KnownTypes types)
    {
        foreach (var clause in clauses)
        {
            if (clause is not IPatternCaseClauseOperation { Pattern: var pattern } || !MatchesOnlyCancellation(pattern, types))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsLetThrough(ITypeSymbol? type, KnownTypes types) => CancellationTests.IsCancellation(type, types) || IsTheEnd(type);

    // A process that is out of memory or stack is past guarding: a filter that lets such errors through catches everything that counts.
    private static bool IsTheEnd(ITypeSymbol? type) => type switch
    {
        {
            Name: "OutOfMemoryException" or "StackOverflowException" or "AccessViolationException" or "InsufficientMemoryException" or "InsufficientExecutionStackException"
                or "ExecutionEngineException" or "AppDomainUnloadedException" or "CannotUnloadAppDomainException" or "InvalidProgramException" or "BadImageFormatException"
        } => SystemNamespaces.IsSystem(type.ContainingNamespace),
        { Name: "ThreadAbortException" or "ThreadInterruptedException" } => SystemNamespaces.IsIn(type as INamedTypeSymbol, "Threading"),
        { Name: "SEHException" } => SystemNamespaces.IsIn(type as INamedTypeSymbol, "Runtime"),
        _ => false,
    };
}
