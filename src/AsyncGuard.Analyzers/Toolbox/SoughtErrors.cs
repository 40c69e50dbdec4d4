namespace AsyncGuard.Toolbox;

/// <summary>Which errors does an inquiry look for?</summary>
internal enum SoughtErrors
{
    /// <summary>Whatever can escape.</summary>
    All,

    /// <summary>Those that leave the program's memory: not to judge, but to show.</summary>
    OfOutsideWork,

    /// <summary>All but what the handlers of an event may do that others attach to it: those who raise one seldom lose work by that.</summary>
    NotOfEvents,
}

/// <summary>Is an error one that an inquiry looks for? Where it came about decides, not where it passed through.</summary>
internal static class SoughtErrorsExtensions
{
    public static bool PassBy(this SoughtErrors sought, Escape escape, Awaitability awaitables) => sought switch
    {
        SoughtErrors.OfOutsideWork => escape.Origin is { } origin && !OutsideWork.Is(origin, awaitables),
        SoughtErrors.NotOfEvents => escape.Origin is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke, ReturnsVoid: true }, Instance: { } raised } && IsEvent(raised.Bare()),
        _ => false,
    };

    private static bool IsEvent(IOperation raised) => raised is IEventReferenceOperation
        || (raised is IConditionalAccessInstanceOperation instance && TaskPlaces.Receiver(instance)?.Bare() is IEventReferenceOperation);
}
