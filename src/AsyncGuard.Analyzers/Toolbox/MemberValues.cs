namespace AsyncGuard.Toolbox;

/// <summary>What has been put into this read-only field or property?</summary>
internal static class MemberValues
{
    /// <summary>What it is declared with, what constructors give it, and what a property returns; none where something else is done with it.</summary>
    public static ImmutableArray<IOperation> Of(ISymbol member, CompilationFacts facts, CancellationToken cancel)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        if (InitialValues.Of(member, facts, cancel) is { } initial)
        {
            values.Add(initial);
        }

        if (member is IPropertySymbol { GetMethod: { } get } && facts.Bodies.Of(get, cancel) is { } body)
        {
            Collect(body, values, static (operation, _) => operation is IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } ? value : null, member);
        }

        foreach (var constructor in member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors)
        {
            if (facts.Bodies.Of(constructor, cancel) is { } made)
            {
                Collect(made, values, static (operation, to) => operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var target }, Value: var value } && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, to) ? value : null, member);
            }
        }

        return values.ToImmutable();
    }

    // Without the functions inside it, whose returns are theirs.
    private static void Collect(IOperation body, ImmutableArray<IOperation>.Builder values, Func<IOperation, ISymbol, IOperation?> read, ISymbol member)
    {
        foreach (var operation in body.ChildOperations)
        {
            if (read(operation, member) is { } value)
            {
                values.Add(value);
            }
            else if (operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            {
                Collect(operation, values, read, member);
            }
        }
    }
}
