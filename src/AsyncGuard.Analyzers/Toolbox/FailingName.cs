namespace AsyncGuard.Toolbox;

/// <summary>What does a message call the operation that can fail?</summary>
internal static class FailingName
{
    public static string Of(IOperation escape, string otherwise = "an iteration")
    {
        foreach (var each in escape.DescendantsAndSelf())
        {
            switch (each)
            {
                case IInvocationOperation { TargetMethod: { Name: not ("ConfigureAwait" or "WithCancellation"), MethodKind: not MethodKind.DelegateInvoke } method }:
                    return $"'{method.Name}'";
                case IObjectCreationOperation { Type: { } type }:
                    return $"'new {type.Name}'";
                case IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var name } }:
                    return $"'{name}'";
                case IThrowOperation:
                    return "'throw'";
            }
        }

        return otherwise;
    }
}
