namespace AsyncGuard.Toolbox;

/// <summary>Does a question about a task tell nobody how it ended?</summary>
internal static class TaskQuestions
{
    public static bool TellNothing(string property) => property is "Id" or "IsCompleted" or "IsCanceled" or "AsyncState" or "CreationOptions";

    /// <summary>Whether a task is only asked whether it is there, or over: <c>is { IsCompleted: false }</c>.</summary>
    public static bool OnlyAsks(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation { Pattern: var inner } => OnlyAsks(inner),
        IRecursivePatternOperation { DeclaredSymbol: null, DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns: var properties } => TellNothing(properties),
        _ => pattern is IConstantPatternOperation,
    };

    private static bool TellNothing(ImmutableArray<IPropertySubpatternOperation> properties)
    {
        foreach (var each in properties)
        {
            if (each.Member is not IPropertyReferenceOperation { Property.Name: var name } || !TellNothing(name))
            {
                return false;
            }
        }

        return true;
    }
}
