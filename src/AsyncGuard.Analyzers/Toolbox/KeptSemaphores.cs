namespace AsyncGuard.Toolbox;

/// <summary>A semaphore that its function means to release and may not.</summary>
/// <param name="Acquired">Where it is taken.</param>
/// <param name="Leak">What leaves the function while it is held.</param>
/// <param name="End">The statement that would release it: a <c>try</c> whose <c>finally</c> does, or the release itself.</param>
internal sealed record KeptSemaphore(Acquisition Acquired, IOperation Leak, IOperation End);

/// <summary>Can this semaphore stay taken, because its function is left before the release that it has?</summary>
internal static class KeptSemaphores
{
    public static KeptSemaphore? Judge(IInvocationOperation call, CompilationFacts facts, CancellationToken cancel)
    {
        if (!Acquisition.MayBe(call.TargetMethod) || Acquisition.Of(call, facts.Types) is not { } acquired)
        {
            return null;
        }

        var function = call.FunctionRoot();
        if (!function.HasInFunction(each => Acquisition.IsRelease(each, acquired.Held, acquired.Release)) || IsReleasedAround(call, acquired, facts, cancel) || Releasing.IsInOtherHands(function, acquired))
        {
            return null;
        }

        var region = new HeldRegion(facts, acquired, cancel);
        return region.IsReleased() && region is { Leak: { } leak, End: { } end } && !Releasing.IsSignal(acquired.Held, facts, cancel) ? new(acquired, leak, end) : null;
    }

    private static bool IsReleasedAround(IOperation call, Acquisition acquired, CompilationFacts facts, CancellationToken cancel)
    {
        for (var (child, it) = (call, call.Parent); it is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (child, it) = (it, it.Parent))
        {
            if (it is ITryOperation guard && guard.Body == child)
            {
                foreach (var part in guard.ChildOperations)
                {
                    if (part != child && part.HasInFunction(each => Releasing.IsRelease(each, acquired, facts, cancel)))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
