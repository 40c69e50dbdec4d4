namespace AsyncGuard.Toolbox;

/// <summary>Is this the task whose end started the function that reads it: the antecedent of a continuation?</summary>
internal sealed class Antecedents(CompilationFacts facts)
{
    /// <summary>Whether the task is a continuation's parameter, or one of those of <c>ContinueWhenAll</c>.</summary>
    public bool Includes(IOperation task)
    {
        var at = task;
        if (at is not IParameterReferenceOperation && TaskSources.Of(task) is { } all)
        {
            at = all;
        }

        return at.Bare() is IParameterReferenceOperation { Parameter: { Ordinal: 0, ContainingSymbol: IMethodSymbol function } parameter } && function.MethodKind switch
        {
            MethodKind.AnonymousFunction => LambdaOf(at, parameter) is { } lambda && IsContinuation(InPlaceLambdas.CallOf(lambda)),
            MethodKind.Ordinary or MethodKind.LocalFunction => IsOnlyContinuation(function),
            _ => false,
        };
    }

    /// <summary>Whether this lambda runs only once the task has ended: it continues it, or what awaits it, or was given to its awaiter.</summary>
    public bool RunsAfter(IAnonymousFunctionOperation lambda, IOperation task) =>
        InPlaceLambdas.CallOf(lambda) is { TargetMethod: { Name: var name } method, Instance: { } antecedent } && name switch
        {
            "ContinueWith" => facts.Awaitables.IsTask(method.ContainingType) && (TaskPlaces.AreSame(antecedent, task) || facts.CompletingAwaits.CoversEvenIfItFails(antecedent, task)),
            "OnCompleted" or "UnsafeOnCompleted" => TaskPlaces.AreSame(antecedent, task) || (Awaited(antecedent) is { } awaited && facts.CompletingAwaits.CoversEvenIfItFails(awaited, task)),
            _ => false,
        };

    private static bool IsContinuation(IInvocationOperation? call) => call is { TargetMethod: { Name: "ContinueWith" or "ContinueWhenAny" or "ContinueWhenAll", ContainingType.ContainingNamespace.Name: "Tasks" } };

    private static IAnonymousFunctionOperation? LambdaOf(IOperation operation, IParameterSymbol parameter)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.ContainingSymbol))
            {
                return lambda;
            }
        }

        return null;
    }

    // void Done(Task<int> t) that is named as a continuation and never called.
    private bool IsOnlyContinuation(IMethodSymbol function)
    {
        if (function.MethodKind == MethodKind.Ordinary && function.DeclaredAccessibility != Accessibility.Private)
        {
            return false;
        }

        var uses = facts.References.Of(function, CancellationToken.None);
        foreach (var use in uses)
        {
            if (use is not IMethodReferenceOperation || !IsContinuation(InPlaceLambdas.CallOf(use)))
            {
                return false;
            }
        }

        return !uses.IsEmpty;
    }

    private static IOperation? Awaited(IOperation awaiter) => awaiter.Bare() switch
    {
        IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } => awaited,
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited }] ? awaited : null,
        _ => null,
    };
}
