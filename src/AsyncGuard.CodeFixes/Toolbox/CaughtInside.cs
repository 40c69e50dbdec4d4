namespace AsyncGuard.Fixing;

/// <summary>Does a function that blocks keep to itself what the task throws? An <c>await</c> in its place would not.</summary>
internal static class CaughtInside
{
    /// <param name="function">The function that is called.</param>
    /// <param name="inside">What blocks in it, or in a function further down.</param>
    public static bool Is(IMethodSymbol function, IOperation inside)
    {
        for (var (child, parent) = (inside, inside.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is ITryOperation guard && guard.Body == child && guard.Catches.Any(each => !Throws(each.Handler)))
            {
                return true;
            }
        }

        // On the way down to it any handler may be the one.
        return function.DeclaringSyntaxReferences.Select(each => each.GetSyntax())
            .Any(each => !(each.SyntaxTree == inside.Syntax.SyntaxTree && each.Span.Contains(inside.Syntax.Span)) && each.DescendantNodes().OfType<CatchClauseSyntax>().Any());
    }

    // throw; ExceptionDispatchInfo.Capture(e).Throw();
    private static bool Throws(IBlockOperation handler) =>
        handler.Operations.Any(each => each is IThrowOperation or IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Throw", ContainingType.Name: "ExceptionDispatchInfo" } } });
}
