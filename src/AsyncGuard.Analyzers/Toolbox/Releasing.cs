namespace AsyncGuard.Toolbox;

/// <summary>Who releases what a function has taken?</summary>
internal static class Releasing
{
    /// <summary>Whether this call gives it back, itself or as the only thing a method of the same type does with it.</summary>
    public static bool IsRelease(IOperation operation, Acquisition acquired, CompilationFacts facts, CancellationToken cancel) =>
        operation is IInvocationOperation call
        && (Acquisition.IsRelease(call, acquired.Held, acquired.Release) || (call.Instance is null or IInstanceReferenceOperation && RunsRelease(call.TargetMethod, acquired, facts, cancel)));

    /// <summary>Whether somebody else may release it: a function inside this one, or whoever is given it.</summary>
    public static bool IsInOtherHands(IOperation function, Acquisition acquired)
    {
        foreach (var each in function.Descendants())
        {
            if (Receivers.AreSame(each, acquired.Held) && (each.FunctionRoot() != function || IsHandedOn(each)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHandedOn(IOperation reference)
    {
        var value = reference;
        while (value.Parent is IConversionOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IInvocationOperation or IMemberReferenceOperation or IConditionalAccessOperation => false,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Monitor" } } => false,
            ISimpleAssignmentOperation assignment => assignment.Value == value,
            _ => true,
        };
    }

    /// <summary>Whether it is made with nothing to take: then it is a signal, and its waits are not followed by releases.</summary>
    public static bool IsSignal(IOperation held, CompilationFacts facts, CancellationToken cancel)
    {
        if (held.Bare() is ILocalReferenceOperation local)
        {
            return AnyIsEmpty(LocalValues.Of(local.Local, local));
        }

        if (held.Bare() is not IMemberReferenceOperation { Member: var member })
        {
            return false;
        }

        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            if (InitialiserOf(declaration.GetSyntax(cancel)) is { } value && facts.Compilation.ContainsSyntaxTree(value.SyntaxTree)
                && IsEmpty(facts.Bodies.ModelOf(value.SyntaxTree).GetOperation(value, cancel)))
            {
                return true;
            }
        }

        foreach (var constructor in member.ContainingType.Constructors)
        {
            if (facts.Bodies.Of(constructor, cancel)?.HasInFunction(each => each is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var target }, Value: var value }
                && SymbolEqualityComparer.Default.Equals(target, member) && IsEmpty(value)) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool RunsRelease(IMethodSymbol method, Acquisition acquired, CompilationFacts facts, CancellationToken cancel) =>
        acquired.Held.Bare() is IMemberReferenceOperation { Member.ContainingType: var owner }
        && SymbolEqualityComparer.Default.Equals(method.ContainingType, owner)
        && facts.Bodies.Of(method, cancel) is { } body
        && body.HasInFunction(each => Acquisition.IsRelease(each, acquired.Held, acquired.Release));

    private static ExpressionSyntax? InitialiserOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => value,
        PropertyDeclarationSyntax { Initializer.Value: var value } => value,
        _ => null,
    };

    private static bool AnyIsEmpty(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (IsEmpty(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmpty(IOperation? value)
    {
        if (value?.Bare() is IObjectCreationOperation { Arguments: var arguments })
        {
            foreach (var argument in arguments)
            {
                if (argument.Parameter?.Name == "initialCount")
                {
                    return argument.Value.ConstantValue is { HasValue: true, Value: 0 };
                }
            }
        }

        return false;
    }
}
