namespace AsyncGuard.Toolbox;

/// <summary>Is this task one that the function was given, or made by what it was given?</summary>
internal sealed class GivenWork(CompilationFacts facts)
{
    private const int Levels = 5;

    /// <summary>The parameter that this task is, or is made from.</summary>
    public IParameterSymbol? In(IOperation task) => In(task, Levels);

    /// <summary>A task, or a delegate that makes one.</summary>
    public bool IsWork(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { SpecialType: SpecialType.None } returned } && facts.Awaitables.IsTaskLike(returned),
        { SpecialType: SpecialType.None } => facts.Awaitables.IsTaskLike(type),
        _ => false,
    };

    private IParameterSymbol? In(IOperation task, int levels)
    {
        foreach (var operation in task.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } } parameter } when IsWork(parameter.Type):
                    return parameter;
                case ILocalReferenceOperation local when levels > 0 && In(local, levels - 1) is { } given:
                    return given;
            }
        }

        return null;
    }

    private IParameterSymbol? In(ILocalReferenceOperation local, int levels)
    {
        foreach (var value in LocalValues.Of(local.Local, local))
        {
            if (In(value, levels) is { } given)
            {
                return given;
            }
        }

        return null;
    }
}
