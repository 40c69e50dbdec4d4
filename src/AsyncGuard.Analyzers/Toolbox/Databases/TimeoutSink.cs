namespace AsyncGuard.Toolbox.Databases;

/// <summary>What a timeout bounds.</summary>
internal enum TimeoutKind
{
    Connect,
    Command,
    Cancellation,
}

/// <summary>A place where code says how long a database may take.</summary>
/// <param name="Value">What it says, below conversions.</param>
/// <param name="Receiver">The command, builder or context it says it of; <see langword="null"/> for an argument of a call.</param>
/// <param name="Name">How the place is called in the code.</param>
internal readonly record struct TimeoutSink(TimeoutKind Kind, IOperation Value, IOperation? Receiver, string Name, DatabaseProvider? Provider);

/// <summary>Does an operation set a timeout of a database?</summary>
internal sealed class TimeoutSinks(DatabaseTypes types)
{
    public TimeoutSink? Of(IOperation? operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment => OfProperty(property, assignment.Value),
        IInvocationOperation call => OfCall(call),
        IObjectCreationOperation creation when Is(creation.Type, types.CommandDefinition) => OfArgument(creation.Arguments, null, "commandTimeout"),
        _ => null,
    };

    private TimeoutSink? OfProperty(IPropertyReferenceOperation target, IOperation value)
    {
        var name = target.Property.Name;
        var kind = target.Property.IsIndexer ? KindOfKey(target, out name) : KindOf(name);
        if (kind is not { } known || target.Property.ContainingType is not { } owner)
        {
            return null;
        }

        if (types.TryFind(target.Instance?.Type ?? owner, out var type) && type.Role == DatabaseRole.ConnectionStringBuilder)
        {
            return name == "Timeout" && type.Provider != DatabaseProviders.Npgsql ? null : Sink(known, type.Provider);
        }

        return !target.Property.IsIndexer && IsCommandTimeout(owner, name) ? Sink(TimeoutKind.Command, null) : null;

        TimeoutSink Sink(TimeoutKind kind, DatabaseProvider? provider) => new(kind, value.Bare(), target.Instance, name, provider);
    }

    private TimeoutSink? OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "CommandTimeout" when Is(method.ContainingType?.OriginalDefinition, types.RelationalOptions):
            case "UseCommandTimeout" or "WithCommandTimeout" when Is(method.ContainingType, types.Linq2DbOptions):
                return OfArgument(call.Arguments, call.Instance, "commandTimeout");
            case "SetCommandTimeout" when Is(method.ContainingType, types.RelationalFacade):
                return OfArgument(call.Arguments, call.Arguments.IsEmpty ? null : call.Arguments[0].Value.Bare(), "timeout");
            default:
                return Is(method.ContainingType, types.SqlMapper) ? OfArgument(call.Arguments, null, "commandTimeout") : null;
        }
    }

    private static TimeoutSink? OfArgument(ImmutableArray<IArgumentOperation> arguments, IOperation? receiver, string parameter)
    {
        foreach (var argument in arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: var name } && name == parameter)
            {
                return new(TimeoutKind.Command, argument.Value.Bare(), receiver, parameter, null);
            }
        }

        return null;
    }

    private static TimeoutKind? KindOf(string property) => property switch
    {
        "CommandTimeout" or "DefaultCommandTimeout" or "DefaultTimeout" => TimeoutKind.Command,
        "Timeout" or "ConnectTimeout" or "ConnectionTimeout" => TimeoutKind.Connect,
        "CancellationTimeout" => TimeoutKind.Cancellation,
        _ => null,
    };

    // builder["Command Timeout"] = 0
    private TimeoutKind? KindOfKey(IPropertyReferenceOperation indexer, out string name)
    {
        name = "";
        if (indexer.Arguments is not [{ Value.ConstantValue: { HasValue: true, Value: string key } }] || !types.TryFind(indexer.Instance?.Type, out var type))
        {
            return null;
        }

        name = key;
        var setting = new ConnectionSetting(key, "", default, default);
        return setting.Is(type.Provider.CommandKeywords) ? TimeoutKind.Command
            : setting.Is(type.Provider.ConnectKeywords) ? TimeoutKind.Connect
            : setting.Is(type.Provider.CancellationKeywords) ? TimeoutKind.Cancellation
            : null;
    }

    private bool IsCommandTimeout(INamedTypeSymbol owner, string name)
    {
        switch (name)
        {
            case "CommandTimeout" when Derives(owner, types.DbCommand) || IsCommand(owner):
            case "Timeout" when Derives(owner, types.DbBatch):
                return true;
            case "CommandTimeout" or "DefaultTimeout" or "Timeout":
                foreach (var type in types.TimeoutOwners)
                {
                    if (Derives(owner, type))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private bool IsCommand(INamedTypeSymbol owner) => types.AnyCommand is { } command && (Is(owner, command) || owner.AllInterfaces.Contains(command));

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol? from)
    {
        for (var it = type; it is not null && from is not null; it = it.BaseType)
        {
            if (Is(it, from))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(ISymbol? symbol, ISymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(symbol, known);
}
