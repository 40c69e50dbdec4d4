using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>May a function that is given away here return a task, and does whoever gets it wait for that task?</summary>
internal static class DelegatePlaces
{
    /// <param name="given">The lambda or the method group.</param>
    public static bool AwaitTask(ExpressionSyntax given, SemanticModel model, CompilationFacts facts)
    {
        var whole = given;
        while (whole.Parent is ParenthesizedExpressionSyntax outer)
        {
            whole = outer;
        }

        return whole.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument
            && model.GetOperation(call) is IInvocationOperation operation
            && (IsHandler(operation, argument, facts) || (HasSameResult(operation, facts) && HasOverload(call, list.Arguments.IndexOf(argument), model, facts)));
    }

    /// <summary>Task.Run takes a lambda that returns a task as readily; whoever else gets one might never look at the task.</summary>
    public static bool IsGivenToTaskRun(SyntaxNode function, FixSite site) =>
        function is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && site.Model.GetOperation(call) is IInvocationOperation { TargetMethod.Name: "Run" } start && site.Facts.Waits.Starts(start.TargetMethod);

    // A route's handler is any delegate, and its task is the request's.
    private static bool IsHandler(IInvocationOperation call, ArgumentSyntax argument, CompilationFacts facts) =>
        call.Arguments.FirstOrDefault(each => each.Syntax == argument)?.Parameter is { Type: { Name: "Delegate", ContainingNamespace.Name: "System" } }
        && RequestScope.IsMap(call.TargetMethod);

    // Task.Run gives the same task whichever delegate it takes; others might make a task of a task.
    private static bool HasSameResult(IInvocationOperation call, CompilationFacts facts) =>
        facts.Awaitables.IsTask(call.Type) && (call.TargetMethod.Name == "Run" ? facts.Awaitables.IsTask(call.TargetMethod.ContainingType) : call.TargetMethod.ReturnType is INamedTypeSymbol { Arity: 0 });

    private static bool HasOverload(InvocationExpressionSyntax call, int position, SemanticModel model, CompilationFacts facts) =>
        model.GetMemberGroup(call.Expression).OfType<IMethodSymbol>().Any(each => each.Parameters.Length >= call.ArgumentList.Arguments.Count
            && each.Parameters[position].Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var returned } && facts.Awaitables.IsTask(returned));
}
