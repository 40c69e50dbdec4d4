namespace AsyncGuard.Toolbox;

/// <summary>Which expressions hold the same task: conversions, configured and unwrapped forms, the branches of a choice?</summary>
internal sealed class TaskForms(CompilationFacts facts)
{
    /// <summary>The operations that made what this value passes on: a call for each branch of a choice.</summary>
    public ImmutableArray<IOperation> OriginsOf(IOperation value)
    {
        var origins = ImmutableArray.CreateBuilder<IOperation>();
        AddOrigins(value, origins);
        return origins.ToImmutable();
    }

    /// <summary>One step outward, as long as it is the same task in another coat.</summary>
    public IOperation? Outward(IOperation value) => value.Parent switch
    {
        IConversionOperation => value.Parent,
        IArgumentOperation { Parent: IInvocationOperation call } when PassedOn(call) == value => call,
        IInvocationOperation call when PassedOn(call) == value => call,
        IConditionalAccessOperation access when access.WhenNotNull == value => access,
        IConditionalOperation choice when choice.Condition != value => choice,
        ICoalesceOperation choice => choice,
        ISwitchExpressionArmOperation { Parent: { } choice } => choice,
        _ => null,
    };

    private void AddOrigins(IOperation value, ImmutableArray<IOperation>.Builder origins)
    {
        switch (value.Bare())
        {
            case IConditionalAccessOperation access:
                AddOrigins(access.WhenNotNull, origins);
                break;
            case IConditionalOperation { WhenFalse: { } no } choice:
                AddOrigins(choice.WhenTrue, origins);
                AddOrigins(no, origins);
                break;
            case ICoalesceOperation choice:
                AddOrigins(choice.Value, origins);
                AddOrigins(choice.WhenNull, origins);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    AddOrigins(arm.Value, origins);
                }

                break;
            case IInvocationOperation call when PassedOn(call) is { } task:
                AddOrigins(task, origins);
                break;
            case var made:
                origins.Add(made);
                break;
        }
    }

    private IOperation? PassedOn(IInvocationOperation call) => facts.Waits.Behind(call)
        ?? (call is { TargetMethod: { Name: "Unwrap", IsExtensionMethod: true }, Arguments: [{ Value: var inner }] } && facts.Awaitables.IsTask(inner.Type) ? inner : null);
}
