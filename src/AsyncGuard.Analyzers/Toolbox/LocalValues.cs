namespace AsyncGuard.Toolbox;

/// <summary>What has been put into this local?</summary>
internal static class LocalValues
{
    /// <summary>Every value the function that <paramref name="at"/> stands in gives it; none where it also comes from elsewhere (a loop, a pattern, an <c>out</c>).</summary>
    public static ImmutableArray<IOperation> Of(ILocalSymbol local, IOperation at)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var operation in at.Root().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var declared } declarator when Same(declared, local):
                    if (declarator.GetVariableInitializer() is { } initializer)
                    {
                        values.Add(initializer.Value);
                    }

                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var target } } assignment when Same(target, local):
                    values.Add(assignment.Value);
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: ILocalReferenceOperation { Local: var passed } } when Same(passed, local):
                    return [];
            }
        }

        return values.ToImmutable();
    }

    private static bool Same(ILocalSymbol one, ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
