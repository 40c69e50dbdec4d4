using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does a token end a command, even on a server that no longer answers? Only with some providers.</summary>
internal sealed class CommandTokens
{
    private readonly INamedTypeSymbol? _token;
    private readonly ImmutableArray<INamedTypeSymbol> _commands;

    public CommandTokens(CompilationFacts facts)
    {
        _token = facts.Types.CancellationToken;
        var commands = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        var endsAll = !facts.Databases.Types.Referenced.IsEmpty;
        foreach (var provider in facts.Databases.Types.Referenced)
        {
            endsAll &= provider.HonoursTokens || provider.IsEmbedded;
            foreach (var connection in provider.Connections)
            {
                if (provider.HonoursTokens && facts.Types[connection.Replace("Connection", "Command")] is { } command)
                {
                    commands.Add(command);
                }
            }
        }

        (_commands, EndEveryProvider) = (commands.ToImmutable(), endsAll);
    }

    /// <summary>Whether it makes no difference which of the referenced providers a call goes to.</summary>
    public bool EndEveryProvider { get; }

    public bool End(ITypeSymbol? command)
    {
        foreach (var known in _commands)
        {
            if (SymbolEqualityComparer.Default.Equals(known, command))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A token that somebody can cancel: neither <c>default</c> nor <c>None</c>.</summary>
    public bool IsIn(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, _token))
            {
                return argument.Value.Bare() is not (IDefaultValueOperation or IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } });
            }
        }

        return false;
    }
}
