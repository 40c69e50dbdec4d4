namespace AsyncGuard.Toolbox;

/// <summary>Which error leaves the work that this delegate does?</summary>
/// <remarks>Its returned task counts as awaited. A delegate that cannot be read has the benefit of the doubt.</remarks>
internal sealed class DelegateErrors(CompilationFacts facts)
{
    public IOperation? Of(IOperation work, CancellationToken cancel) => work.Bare() switch
    {
        IDelegateCreationOperation { Target: var target } => Of(target, cancel),
        IAnonymousFunctionOperation lambda => facts.Errors.FirstEscape(lambda, cancel),
        IMethodReferenceOperation group => facts.Errors.EscapeOfGroup(group, cancel),
        ILocalReferenceOperation local when LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IDelegateCreationOperation => Of(only, cancel),
        _ => null,
    };
}
