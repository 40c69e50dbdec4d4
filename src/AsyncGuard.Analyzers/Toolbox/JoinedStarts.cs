namespace AsyncGuard.Toolbox;

/// <summary>Does the function that starts a task or a thread wait for it as well, by a local, so that its failure comes out there?</summary>
/// <remarks>A program's entry point lives as long as what it starts: what it waits for among others may have been dead for days.</remarks>
internal static class JoinedStarts
{
    private const int Steps = 4; // from variable to variable

    /// <summary>Whether the task of this call, or the thread that is made here, goes into a local that the same function waits for.</summary>
    public static bool IsOne(IOperation start) =>
        HolderOf(Starters.ValueOf(start)) is { } holder && !IsInEntryPoint(start) && IsJoined(holder, start.Root(), Steps);

    // var work = …, tasks[i] = …, tasks.Add(…), new[] { …, … }
    private static ILocalSymbol? HolderOf(IOperation value) => value.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        ISimpleAssignmentOperation { Target: var target } assignment when assignment.Value == value => LocalOf(target),
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push", Instance: { } collection } } => LocalOf(collection),
        IArrayInitializerOperation { Parent: { } array } => HolderOf(array),
        ICollectionExpressionOperation or IConversionOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation or IConditionalOperation => HolderOf(value.Parent),
        _ => null,
    };

    private static ILocalSymbol? LocalOf(IOperation target) => target switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IArrayElementReferenceOperation { ArrayReference: var array } => LocalOf(array),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => LocalOf(collection),
        _ => null,
    };

    private static bool IsJoined(ILocalSymbol holder, IOperation function, int steps)
    {
        foreach (var operation in function.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var local } use && SymbolEqualityComparer.Default.Equals(local, holder) && Waits(use, function, steps))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Waits(IOperation use, IOperation function, int steps)
    {
        var value = Starters.ValueOf(use);
        return Starters.IsWaitedFor(value) || value.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "Join", Instance: { } instance } => instance == value,
            IInvocationOperation { TargetMethod.Name: "WaitAsync", Instance: { } instance } call => instance == value && Waits(call, function, steps),
            IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } => Waits(value.Parent, function, steps),
            IForEachLoopOperation { Locals: [var each] } loop => loop.Collection == value && steps > 0 && IsJoined(each, function, steps - 1),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WaitAll", ContainingType.Name: "Task" } all } together } => all.Name == "WaitAll" || Waits(together, function, steps),
            IArrayInitializerOperation { Parent: { } array } => Waits(array, function, steps),
            ICollectionExpressionOperation all => Waits(all, function, steps),
            _ => HolderOf(value) is { } other && LocalOf(use) is { } local && steps > 0 && !SymbolEqualityComparer.Default.Equals(other, local) && IsJoined(other, function, steps - 1),
        };
    }

    private static bool IsInEntryPoint(IOperation start)
    {
        if (start.SemanticModel is not { } model)
        {
            return false;
        }

        for (var it = model.GetEnclosingSymbol(start.Syntax.SpanStart); it is IMethodSymbol function; it = it.ContainingSymbol)
        {
            if (FreeToBlock.IsEntryPoint(function, model.Compilation))
            {
                return true;
            }
        }

        return false;
    }
}
