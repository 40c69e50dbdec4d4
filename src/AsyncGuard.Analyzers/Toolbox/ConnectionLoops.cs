namespace AsyncGuard.Toolbox;

/// <summary>Does a loop serve one connection that its function is given, and does somebody say so when that fails?</summary>
/// <remarks>
/// On a broken connection no further round can succeed: such a loop must end with its first error, and whoever opened the connection opens
/// the next. A connection that the function opens itself, or a field, is the service's own: there the loop is the service.
/// </remarks>
internal sealed class ConnectionLoops(CompilationFacts facts)
{
    private readonly TypeFamilies _connections = new(
        facts.Types,
        roots:
        [
            "System.IO.Stream", "System.IO.TextReader", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.WebSockets.WebSocket",
            "System.IO.Pipelines.PipeReader", "System.IO.Pipelines.IDuplexPipe", "Grpc.Core.IAsyncStreamReader`1", "Grpc.Core.IServerStreamWriter`1",
        ],
        marks: []);

    /// <summary>Whether the catch around the loop, or around each call of its function, is where the connection's error belongs.</summary>
    public bool IsOne(ILoopOperation loop, ICatchClauseOperation? outer, ISymbol containing, CancellationToken cancel) =>
        RunningFunction.Around(loop, containing) is { Lambda: null } function
        && ServesParameterOf(function.Symbol, loop)
        && (outer is not null ? Uses(outer) : new CallersCatches(facts, cancel).AreAll(function.Symbol, static (clause, _) => Uses(clause)));

    private bool ServesParameterOf(IMethodSymbol function, ILoopOperation loop)
    {
        foreach (var parameter in function.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol type && _connections.Contain(type) && loop.HasInFunction(each => IsCalledOn(each, parameter)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCalledOn(IOperation operation, IParameterSymbol parameter) =>
        operation is IInvocationOperation call
        && (call.Instance ?? (call is { TargetMethod.IsExtensionMethod: true, Arguments: [{ Value: var first }, ..] } ? first : null))?.Bare() is IParameterReferenceOperation { Parameter: var on }
        && SymbolEqualityComparer.Default.Equals(on, parameter);

    private static bool Uses(ICatchClauseOperation clause)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } && clause.Locals.Contains(used, SymbolEqualityComparer.Default))
            {
                return true;
            }
        }

        return false;
    }
}
