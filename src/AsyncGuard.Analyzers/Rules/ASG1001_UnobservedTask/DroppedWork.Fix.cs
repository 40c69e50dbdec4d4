using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>What is there to look after in a dropped expression?</summary>
/// <param name="Work">The expression to run, if running it is all there is to do.</param>
/// <param name="Awaitable">The expression to await, if awaiting it tells of the failure.</param>
/// <param name="Continuation">A task with what follows it.</param>
internal sealed record DroppedWork(ExpressionSyntax? Work, ExpressionSyntax? Awaitable, ContinuedWork? Continuation)
{
    public static DroppedWork In(ExpressionSyntax dropped, FixSite site) => site.Model.GetOperation(dropped) switch
    {
        IInvocationOperation { TargetMethod.Name: "Start", Instance: IObjectCreationOperation } => new(dropped, null, null),
        IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } when Query(dropped, site) is { } all => new(null, all, null),
        IInvocationOperation continuation when site.Facts.Continuations.IsContinuation(continuation) => Of(continuation, dropped, site),
        IInvocationOperation { TargetMethod.ReturnsVoid: true } given => Given(given, site) is { } task ? new(task, task, null) : new(null, null, null),
        _ => new(dropped, dropped, null),
    };

    // A continuation that sees the fault is awaited as it is; another would hide it from whoever awaits.
    private static DroppedWork Of(IInvocationOperation continuation, ExpressionSyntax dropped, FixSite site) =>
        site.Facts.Continuations.SightOf(continuation, CancellationToken.None) == FaultSight.Seen
            ? new(dropped, dropped, null)
            : new(null, null, ContinuedWork.Of(site, dropped, CancellationToken.None));

    // The one argument of a method that does nothing for it.
    private static ExpressionSyntax? Given(IInvocationOperation call, FixSite site)
    {
        ExpressionSyntax? task = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                if (task is not null || !site.Facts.Receivers.Ignores(argument, CancellationToken.None))
                {
                    return null;
                }

                task = argument.Syntax as ExpressionSyntax ?? (argument.Syntax as ArgumentSyntax)?.Expression;
            }
        }

        return task;
    }

    private static InvocationExpressionSyntax? Query(ExpressionSyntax dropped, FixSite site) =>
        dropped is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax query } }
        && site.Model.GetTypeInfo(query).Type is INamedTypeSymbol { TypeArguments: [var element] } && site.Facts.Awaitables.IsTask(element)
            ? SyntaxFactory.InvocationExpression(
                SyntaxFactory.ParseExpression("global::System.Threading.Tasks.Task.WhenAll").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation),
                SyntaxFactory.ArgumentList([SyntaxFactory.Argument(query.WithoutTrivia())]))
            : null;
}
