namespace AsyncGuard.Toolbox;

/// <summary>Does a handler hand the error to whoever waits for what the loop gives: completes a channel or a promise with it?</summary>
internal static class DeliveredErrors
{
    public static bool AreIn(ICatchClauseOperation clause, ILoopOperation loop)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "TryComplete" or "Complete" or "TrySetException" or "SetException" or "OnError", Instance: { } receiver } call
                && Takes(call, clause) && !IsReadBy(loop, receiver))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Takes(IInvocationOperation call, ICatchClauseOperation clause)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Bare() is ILocalReferenceOperation { Local: var given } && clause.Locals.Contains(given, SymbolEqualityComparer.Default))
            {
                return true;
            }
        }

        return false;
    }

    // Who completes the channel that the loop itself reads tells nobody.
    private static bool IsReadBy(ILoopOperation loop, IOperation receiver) =>
        Receivers.SymbolOf(Owner(receiver)) is { } channel
        && loop.HasInFunction(each => each is IPropertyReferenceOperation { Property.Name: "Reader", Instance: { } owner } && SymbolEqualityComparer.Default.Equals(Receivers.SymbolOf(owner), channel));

    // _channel of _channel.Writer
    private static IOperation Owner(IOperation receiver) => receiver.Bare() is IPropertyReferenceOperation { Property.Name: "Writer", Instance: { } channel } ? channel : receiver;
}
