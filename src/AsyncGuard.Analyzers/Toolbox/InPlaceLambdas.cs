namespace AsyncGuard.Toolbox;

/// <summary>Does the function that this lambda is given to run it then and there, so that it runs as part of the code around it?</summary>
internal static class InPlaceLambdas
{
    public static bool IsOne(IAnonymousFunctionOperation lambda) =>
        CallOf(lambda) is { TargetMethod: var method } && method.ContainingType.OriginalDefinition is { Name: var type, ContainingNamespace.Name: var space }
        && (type, space) switch
        {
            ("Enumerable", "Linq") => true,
            ("List" or "Array", _) => method.Name is not "Sort",
            ("ConcurrentDictionary", "Concurrent") => true,
            _ => false,
        };

    /// <summary>The call that a function is an argument of.</summary>
    public static IInvocationOperation? CallOf(IOperation function)
    {
        var given = function;
        while (given.Parent is IDelegateCreationOperation or IConversionOperation)
        {
            given = given.Parent;
        }

        // One of several: Parallel.Invoke(a, b).
        if (given.Parent is IArrayInitializerOperation { Parent: IArrayCreationOperation { IsImplicit: true } array })
        {
            given = array;
        }

        return given.Parent is IArgumentOperation { Parent: IInvocationOperation call } ? call : null;
    }
}
