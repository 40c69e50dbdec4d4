namespace AsyncGuard.Toolbox;

/// <summary>Does a test ask whether something ends in time? Then the wait is the question, and its bound the answer.</summary>
internal static class AssertedWaits
{
    /// <summary><c>Assert.True(task.Wait(100))</c>, <c>signal.Wait(100).ShouldBeTrue()</c>.</summary>
    public static bool IsOne(IOperation wait) => wait is IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean } call && IsBounded(call) && IsAsserted(call);

    // An answer that comes whenever it comes (Assert.True(Sync(LoadAsync))) is no question of time.
    private static bool IsBounded(IInvocationOperation call)
    {
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Type is { SpecialType: SpecialType.System_Int32 } or { Name: "TimeSpan" })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsserted(IOperation answer)
    {
        while (answer.Parent is IConversionOperation or IUnaryOperation { OperatorKind: UnaryOperatorKind.Not })
        {
            answer = answer.Parent;
        }

        return answer.Parent is IInvalidOperation // given to a test library that is not here
            || (answer.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type } } }
                && (type.EndsWith("Assert", StringComparison.Ordinal) || name.StartsWith("Should", StringComparison.Ordinal)));
    }
}
