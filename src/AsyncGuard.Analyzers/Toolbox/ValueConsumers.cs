namespace AsyncGuard.Toolbox;

/// <summary>Which functions take an object for what it is worth: they write it, log it, serialise it, answer with it, send it to a database?</summary>
/// <remarks>The one table of them. Asked only where a task is given; what takes tasks as such has a parameter of that type and is none.</remarks>
internal static class ValueConsumers
{
    public static TaskValueUse UseIn(IArgumentOperation argument)
    {
        if (argument.Parameter is not { } parameter || !TakesAnything(parameter.OriginalDefinition.Type))
        {
            return TaskValueUse.None;
        }

        return argument.Parent switch
        {
            IInvocationOperation { TargetMethod: { Name: "Null" or "NotNull" or "IsNull" or "IsNotNull", ContainingType.Name: "Assert" } } => TaskValueUse.NullTest,
            IInvocationOperation call when Consumes(call) => TaskValueUse.Value,
            IObjectCreationOperation { Type: { } type } when IsResult(type) || IsParameter(type) => TaskValueUse.Value,
            _ => TaskValueUse.None,
        };
    }

    /// <summary>A parameter of a database command.</summary>
    public static bool IsParameter(ITypeSymbol type) => Derives(type, "DbParameter") || type.Name == "IDataParameter";

    // object, T, params object[], params ReadOnlySpan<object>
    private static bool TakesAnything(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol { ElementType: var element } => TakesAnything(element),
        INamedTypeSymbol { Name: "ReadOnlySpan" or "Span" or "IEnumerable", TypeArguments: [var element] } => TakesAnything(element),
        _ => type.SpecialType == SpecialType.System_Object,
    };

    private static bool Consumes(IInvocationOperation call) => LogCalls.IsLog(call) || call.TargetMethod.Name switch
    {
        "Format" or "Concat" or "Join" => call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String,
        "Append" or "AppendFormat" or "AppendJoin" or "Insert" => Is(call, "StringBuilder"),
        "Write" or "WriteLine" => Derives(call.TargetMethod.ContainingType, "TextWriter"),
        "ToString" => Is(call, "Convert"),
        "Serialize" or "SerializeAsync" or "SerializeToUtf8Bytes" or "SerializeToNode" or "SerializeToElement" or "SerializeToDocument" or "SerializeObject" or "FromObject" or "Create" => IsSerializer(call.TargetMethod.ContainingType.Name),
        "PostAsJsonAsync" or "PutAsJsonAsync" or "PatchAsJsonAsync" or "WriteAsJsonAsync" => true,
        "Ok" or "Json" or "BadRequest" or "NotFound" or "Created" or "CreatedAtAction" or "CreatedAtRoute" or "Accepted" or "AcceptedAtAction" or "AcceptedAtRoute"
            or "Conflict" or "UnprocessableEntity" or "StatusCode" or "View" or "PartialView" or "Unauthorized" => IsAnswerer(call.TargetMethod.ContainingType),
        "AddWithValue" => Derives(call.TargetMethod.ContainingType, "DbParameterCollection"),
        "FromSqlRaw" or "SqlQueryRaw" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" => IsIn(call.TargetMethod.ContainingType, "EntityFrameworkCore"),
        "Find" or "FindAsync" => Is(call, "DbSet") || Derives(call.TargetMethod.ContainingType, "DbContext"),
        _ => Is(call, "SqlMapper"),
    };

    private static bool IsSerializer(string type) => type is "JsonSerializer" or "JsonConvert" or "JsonContent" or "JObject" or "JToken" or "JArray" or "JsonValue" or "XmlSerializer" or "MessagePackSerializer";

    private static bool IsAnswerer(INamedTypeSymbol type) => type.Name is "Results" or "TypedResults" or "IResultExtensions" || Derives(type, "ControllerBase") || Derives(type, "PageModel");

    private static bool IsResult(ITypeSymbol type) => Derives(type, "ActionResult");

    private static bool Is(IInvocationOperation call, string type) => call.TargetMethod.ContainingType.Name == type;

    private static bool IsIn(INamedTypeSymbol type, string space)
    {
        for (var it = type.ContainingNamespace; it is { IsGlobalNamespace: false }; it = it.ContainingNamespace)
        {
            if (it.Name == space)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Derives(ITypeSymbol type, string name)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (it.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
