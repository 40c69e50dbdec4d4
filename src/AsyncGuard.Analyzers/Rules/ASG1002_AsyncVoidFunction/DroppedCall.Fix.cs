using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>What becomes of a call whose function now returns a task: an <c>await</c>, or supervised work where none may stand.</summary>
internal static class DroppedCall
{
    /// <summary>The node to replace, and by what; <see langword="null"/> where the caller cannot follow.</summary>
    public static (SyntaxNode Old, SyntaxNode By)? Follow(InvocationExpressionSyntax call, SemanticModel model, bool isEndless, CancellationToken cancel)
    {
        ExpressionSyntax whole = call;
        while (whole.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == whole)
        {
            whole = access;
        }

        if (whole.Parent is AwaitExpressionSyntax || !IsAlone(whole))
        {
            return null;
        }

        if (!isEndless && AsyncRewriting.At(whole, model, cancel) is { ChangesSignature: false } function)
        {
            return (function.Function, function.With(whole, Awaited(whole)));
        }

        var types = CompilationFacts.Of(model.Compilation).Types;
        return SupervisorAccess.At(whole, model, cancel) is { } supervisor
            && !ControlThread.IsIn(types) // supervised work runs on the pool
            && new SupervisedRun(model, supervisor, whole).Write(cancel) is { } run
                ? (whole, run.WithTriviaFrom(whole))
                : null;
    }

    private static bool IsAlone(ExpressionSyntax whole) => whole.Parent switch
    {
        ExpressionStatementSyntax or ArrowExpressionClauseSyntax => true,
        LambdaExpressionSyntax lambda => lambda.Body == whole,
        _ => false,
    };

    // a?.FooAsync() may be null, and null cannot be awaited.
    private static ExpressionSyntax Awaited(ExpressionSyntax whole) =>
        Awaits.InPlaceOf(whole, whole is ConditionalAccessExpressionSyntax ? WhereNotNull.OrCompleted(whole, isValueTask: false) : whole);
}
