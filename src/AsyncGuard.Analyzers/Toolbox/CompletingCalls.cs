namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete once this call has returned?</summary>
internal sealed class CompletingCalls(CompilationFacts facts)
{
    public bool Complete(IInvocationOperation call, IOperation task) => call.TargetMethod.Name switch
    {
        "Wait" => call is { TargetMethod.Parameters: [] or [{ Type.Name: "CancellationToken" }], Instance: { } waited } && TaskPlaces.AreSame(waited, task),
        "RunSynchronously" => call.Instance is { } run && TaskPlaces.AreSame(run, task),
        "WaitAll" => call is { TargetMethod: { Parameters.Length: 1 } method, Arguments: [{ Value: var tasks }] } && facts.Awaitables.IsTask(method.ContainingType) && facts.CompletingAwaits.IsAmong(tasks, task),
        "SetResult" or "TrySetResult" or "SetException" or "TrySetException" or "SetCanceled" or "TrySetCanceled" =>
            task.Bare() is IPropertyReferenceOperation { Property.Name: "Task", Instance: { } source } && TaskPlaces.AreSame(call.Instance, source),
        "Assert" or "Assume" or "Requires" or "True" or "IsTrue" or "ShouldBeTrue" =>
            call.Arguments is [{ Value: { Type.SpecialType: SpecialType.System_Boolean } asserted }, ..] && facts.CompletionTests.Implies(asserted, true, task),
        "BeTrue" => call.Instance is IInvocationOperation { TargetMethod.Name: "Should", Arguments: [{ Value: var said }, ..] } && facts.CompletionTests.Implies(said, true, task),
        _ => false,
    };
}
