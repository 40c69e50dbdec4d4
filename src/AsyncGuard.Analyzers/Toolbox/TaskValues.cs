namespace AsyncGuard.Toolbox;

/// <summary>What a task is taken for where its result is meant.</summary>
internal enum TaskValueUse
{
    None,

    /// <summary>Compared with <see langword="null"/>.</summary>
    NullTest,

    /// <summary>Written, logged, serialised, answered with, sent to a database.</summary>
    Value,
}

/// <summary>Is a task used here as if it were its result?</summary>
internal sealed class TaskValues(CompilationFacts facts)
{
    /// <summary>What this expression, a task, is used as.</summary>
    public static TaskValueUse UseOf(IOperation task)
    {
        var value = Converted(task);
        return value.Parent switch
        {
            IAwaitOperation or IReturnOperation or IExpressionStatementOperation or IVariableInitializerOperation or null => TaskValueUse.None,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test when IsNull(test.LeftOperand == value ? test.RightOperand : test.LeftOperand) => TaskValueUse.NullTest,
            IIsPatternOperation { Pattern: var pattern } when IsNullPattern(pattern) => TaskValueUse.NullTest,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } or IInterpolationOperation => TaskValueUse.Value,
            IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true } } call when call.Instance == value => TaskValueUse.Value,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "Value", Type.SpecialType: SpecialType.System_Object } target } } when ValueConsumers.IsParameter(target.ContainingType) => TaskValueUse.Value,
            _ => Given(value) is { } argument ? ValueConsumers.UseIn(argument) : TaskValueUse.None,
        };
    }

    /// <summary>Whether the statement uses the task of a call as a value.</summary>
    public bool AreUsedIn(IOperation statement)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is IInvocationOperation inner && IsTask(inner.Type) && UseOf(inner) == TaskValueUse.Value)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a rule speaks of this use of a local: nobody awaits it, and it is no variable that may be without a task.</summary>
    public bool Misuses(ILocalReferenceOperation local, CancellationToken cancel) => UseOf(local) switch
    {
        TaskValueUse.Value => !facts.StoredTasks.IsObserved(local.Local, local, cancel),
        TaskValueUse.NullTest => !facts.StoredTasks.IsObserved(local.Local, local, cancel) && LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreNeverNull(values, cancel),
        _ => false,
    };

    /// <summary>Whether this call gives a task whatever happens: comparing it with null asks nothing.</summary>
    public bool IsNeverNull(IOperation value, CancellationToken cancel)
    {
        if (value.Bare() is not IInvocationOperation { TargetMethod: var method } || method.OriginalDefinition.ReturnType is ITypeParameterSymbol || method.ReturnNullableAnnotation == NullableAnnotation.Annotated)
        {
            return false;
        }

        return method.IsAsync
            || (facts.Targets.IsOfThisCompilation(method) && facts.Bodies.Of(method, cancel) is { } body ? !ReturnsNull(body) : method.ReturnNullableAnnotation == NullableAnnotation.NotAnnotated || method.Name.EndsWith("Async", StringComparison.Ordinal));
    }

    public bool IsTask(ITypeSymbol? type) => facts.Awaitables.IsTask(type) || facts.Awaitables.IsValueTask(type);

    private bool AreNeverNull(ImmutableArray<IOperation> values, CancellationToken cancel)
    {
        foreach (var value in values)
        {
            if (!IsNeverNull(value, cancel))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReturnsNull(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IReturnOperation { ReturnedValue: { } returned } && returned.Bare() is not (IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation))
            {
                return true; // null, or what may be
            }
        }

        return false;
    }

    private static IOperation Converted(IOperation value)
    {
        while (value.Parent is IConversionOperation { OperatorMethod: null })
        {
            value = value.Parent;
        }

        return value;
    }

    // The argument that the value becomes, or a part of: an element of params, a property of an anonymous object.
    private static IArgumentOperation? Given(IOperation value) => value.Parent switch
    {
        IArgumentOperation argument => argument,
        IArrayInitializerOperation { Parent: IArrayCreationOperation array } => Given(Converted(array)),
        ICollectionExpressionOperation elements => Given(Converted(elements)),
        ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation made } => Given(Converted(made)),
        _ => null,
    };

    private static bool IsNull(IOperation value) => value.Bare() is IDefaultValueOperation or ILiteralOperation { ConstantValue: { HasValue: true, Value: null } };

    private static bool IsNullPattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => IsNull(constant.Value),
        INegatedPatternOperation not => IsNullPattern(not.Pattern),
        IRecursivePatternOperation { DeclaredSymbol: null, PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } => true,
        _ => false,
    };
}
