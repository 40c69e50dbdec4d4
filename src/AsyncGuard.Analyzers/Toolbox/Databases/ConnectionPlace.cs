namespace AsyncGuard.Toolbox.Databases;

/// <summary>What is made at a place that decides how a database is reached.</summary>
internal enum PlaceKind
{
    Connection,
    ConnectionStringBuilder,
    DataSource,
    Registration,
}

/// <summary>A place that decides how a database is reached, and the connection string it is given, if any.</summary>
internal readonly record struct ConnectionPlace(DatabaseProvider Provider, PlaceKind Kind, IOperation? String, IOperation Operation);

/// <summary>Does an operation decide how a database is reached?</summary>
internal sealed class ConnectionPlaces(DatabaseTypes types)
{
    public ConnectionPlace? Of(IOperation? operation) => operation switch
    {
        IObjectCreationOperation creation => OfCreation(creation),
        IInvocationOperation call => OfCall(call),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "ConnectionString", Instance: { } target } } assignment =>
            OfAssignment(assignment, target),
        _ => null,
    };

    private ConnectionPlace? OfCreation(IObjectCreationOperation creation) => types.TryFind(creation.Type, out var type)
        ? Place(type, FirstString(creation.Arguments), creation)
        : null;

    private ConnectionPlace? OfCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { Name: "Create", IsStatic: true } && types.TryFind(method.ContainingType, out var type) && type.Role == DatabaseRole.DataSource)
        {
            return FirstString(call.Arguments) is { } text ? Place(type, text, call) : null;
        }

        return types.RegisteredBy(method) is { } provider && FirstString(call.Arguments) is { } connection
            ? new(provider, PlaceKind.Registration, connection, call)
            : null;
    }

    private ConnectionPlace? OfAssignment(ISimpleAssignmentOperation assignment, IOperation target) =>
        types.TryFind(target.Type, out var type) && type.Role != DatabaseRole.DataSource ? Place(type, assignment.Value, assignment) : null;

    private static ConnectionPlace Place(DatabaseType type, IOperation? text, IOperation operation) => new(
        type.Provider,
        type.Role switch
        {
            DatabaseRole.Connection => PlaceKind.Connection,
            DatabaseRole.DataSource => PlaceKind.DataSource,
            _ => PlaceKind.ConnectionStringBuilder,
        },
        text,
        operation);

    // By its type and not by its number: builders have further parameters behind it, extension methods one before it.
    private static IOperation? FirstString(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.SpecialType == SpecialType.System_String)
            {
                return argument.ArgumentKind == ArgumentKind.Explicit ? argument.Value : null;
            }
        }

        return null;
    }
}
