namespace AsyncGuard.Toolbox;

/// <summary>Is this method one that the .NET host calls to start work: a background service's body, a hosted service's start?</summary>
internal sealed class HostCalls(KnownTypes types)
{
    public EntryKind? KindOf(IMethodSymbol method) => method switch
    {
        { Name: "ExecuteAsync", IsOverride: true } when Overrides(method, types.BackgroundService) => EntryKind.ServiceExecute,
        { Name: "StartAsync" or "Microsoft.Extensions.Hosting.IHostedService.StartAsync", MethodKind: not MethodKind.LocalFunction, Parameters.Length: 1 }
            when Implements(method.ContainingType, types.HostedService) => EntryKind.ServiceStart,
        _ => null,
    };

    private static bool Overrides(IMethodSymbol method, INamedTypeSymbol? declaring)
    {
        for (var it = method; it is not null; it = it.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(it.ContainingType, declaring))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Implements(INamedTypeSymbol? type, INamedTypeSymbol? contract) => contract is not null && type is not null && type.AllInterfaces.Contains(contract);
}
