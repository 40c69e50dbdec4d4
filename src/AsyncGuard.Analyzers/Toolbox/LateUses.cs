namespace AsyncGuard.Toolbox;

/// <summary>Is something still used when the call that runs this body has come back: behind the first <c>await</c>, or in what is awaited?</summary>
/// <remarks>Until its first await an async function runs as part of its caller.</remarks>
internal static class LateUses
{
    public static bool GoesOn(IOperation use, IOperation body, Lifetime lifetime)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IAwaitOperation wait when wait.Syntax.Span.End <= use.Syntax.SpanStart:
                    return true;
                case IAwaitOperation { Operation: var task } when IsPartOf(use, task, lifetime):
                case IReturnOperation { ReturnedValue: { Type.SpecialType: SpecialType.None } returned } when IsPartOf(use, returned, lifetime):
                    return true;
                case IForEachLoopOperation { IsAsynchronous: true } loop when loop.Syntax.Span.Contains(use.Syntax.Span):
                    return true;
            }
        }

        return false;
    }

    // A request's parts are mostly read for a value (Request.Path), which is taken before the wait; a context runs what is awaited.
    private static bool IsPartOf(IOperation use, IOperation task, Lifetime lifetime) => lifetime == Lifetime.Request
        ? use.Parent is IInvocationOperation call && call.Syntax == task.Bare().Syntax
        : task.Syntax.Span.Contains(use.Syntax.Span);
}
