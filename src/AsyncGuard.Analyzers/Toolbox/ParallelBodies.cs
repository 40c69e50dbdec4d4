namespace AsyncGuard.Toolbox;

/// <summary>Which parallel loop or query runs this code synchronously on the pool's threads?</summary>
internal sealed class ParallelBodies(CompilationFacts facts)
{
    public IInvocationOperation? Around(IOperation operation, ISymbol containing, CancellationToken cancel)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation { Symbol.IsAsync: true } or ILocalFunctionOperation { Symbol.IsAsync: true }:
                    return null;
                case IAnonymousFunctionOperation lambda when !InPlaceLambdas.IsOne(lambda):
                    return LoopOver(lambda);
                case ILocalFunctionOperation local:
                    return LoopOver(local.Symbol, cancel);
            }
        }

        return containing is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAsync: false, DeclaredAccessibility: Accessibility.Private } method ? LoopOver(method, cancel) : null;
    }

    private IInvocationOperation? LoopOver(IMethodSymbol method, CancellationToken cancel)
    {
        foreach (var use in method.Parameters.IsEmpty && !method.ReturnsVoid ? [] : facts.References.Of(method, cancel))
        {
            if (use is IMethodReferenceOperation && LoopOver(use) is { } loop)
            {
                return loop;
            }
        }

        return null;
    }

    private IInvocationOperation? LoopOver(IOperation function) =>
        InPlaceLambdas.CallOf(function) is { TargetMethod: { ContainingType: { } type } } call
        && (SymbolEqualityComparer.Default.Equals(type, facts.Types["System.Threading.Tasks.Parallel"]) || SymbolEqualityComparer.Default.Equals(type, facts.Types["System.Linq.ParallelEnumerable"]))
            ? call
            : null;
}
