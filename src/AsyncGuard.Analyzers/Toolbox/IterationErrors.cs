using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>What can fail in an iteration of a loop?</summary>
internal sealed class IterationErrors(CompilationFacts facts)
{
    private static readonly Regex Dequeue = new("^(Dequeue|Receive|Take|Read)", RegexOptions.CultureInvariant);

    /// <summary>Of the loop's body; what the head waits for belongs to no iteration.</summary>
    public IOperation? First(ILoopOperation loop, CancellationToken cancel)
    {
        if (loop.Body is not IBlockOperation block)
        {
            return facts.Errors.FirstEscape(loop.Body, cancel);
        }

        foreach (var statement in block.Operations)
        {
            if (facts.Errors.FirstEscape(statement, cancel) is { } escape && !IsDequeue(escape))
            {
                return escape;
            }
        }

        return null;
    }

    // A wait for the next item that only a stop ends, by its name and the token that it is given.
    private bool IsDequeue(IOperation escape)
    {
        var call = escape is IAwaitOperation wait ? wait.Operation.Bare() : escape;
        if (call is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured })
        {
            call = configured;
        }

        if (call is not IInvocationOperation { TargetMethod.Name: var name, Arguments: var arguments } || !Dequeue.IsMatch(name))
        {
            return false;
        }

        foreach (var argument in arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Value.Type: { } type } && SymbolEqualityComparer.Default.Equals(type, facts.Types.CancellationToken))
            {
                return arguments.Length == 1;
            }
        }

        return false;
    }
}
