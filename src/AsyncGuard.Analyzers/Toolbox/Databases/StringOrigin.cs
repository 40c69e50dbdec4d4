namespace AsyncGuard.Toolbox.Databases;

/// <summary>Where a connection string comes from.</summary>
internal enum OriginKind
{
    /// <summary>From a caller, or from a computation nobody looks into.</summary>
    Unknown,

    /// <summary>It is written in the code.</summary>
    Text,

    /// <summary>From configuration; under a name, where the code gives it one.</summary>
    Configuration,
}

/// <param name="Written">The expression that the text is written in.</param>
/// <param name="Named">The variable that stands between the text and its use.</param>
internal readonly record struct StringOrigin(OriginKind Kind, PlacedText? Text = null, ExpressionSyntax? Written = null, ISymbol? Named = null, string? Name = null);

/// <summary>Where does a connection string come from: code, configuration, or somebody else?</summary>
internal sealed class StringOrigins(DatabaseTypes types, FunctionBodies bodies)
{
    private const string Section = "ConnectionStrings";

    public StringOrigin Of(IOperation? value, ISymbol? named = null)
    {
        switch (value?.Bare())
        {
            case null:
                return default;
            case ICoalesceOperation either:
                return Of(either.Value, named);
            case ILocalReferenceOperation { Local: var local } when named is null:
                return OfVariable(local, value);
            case IFieldReferenceOperation { Field: var field } when named is null && (field.IsConst || field.IsReadOnly):
                return OfVariable(field, value);
            case IInvocationOperation call:
                return OfCall(call);
            case IPropertyReferenceOperation property:
                return OfProperty(property, value, named);
            case var other:
                return Read(other, named);
        }
    }

    private static StringOrigin Read(IOperation value, ISymbol? named)
    {
        var model = value.SemanticModel;
        return value.Syntax is ExpressionSyntax written
            && SourceString.Read(written, name => model?.GetConstantValue(name) is { HasValue: true, Value: string constant } ? constant : null) is { } text
                ? new(OriginKind.Text, text, written, named)
                : default;
    }

    private StringOrigin OfVariable(ISymbol variable, IOperation value) => OnlyValue.Of(variable, value) is { } written
        ? Of(ModelFor(written, value).GetOperation(written), variable)
        : default;

    private SemanticModel ModelFor(SyntaxNode node, IOperation user) =>
        user.SemanticModel is { } model && model.SyntaxTree == node.SyntaxTree ? model : bodies.ModelOf(node.SyntaxTree);

    private StringOrigin OfCall(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "GetConnectionString", ContainingType: var owner } when Is(owner, types.ConfigurationExtensions) =>
            new(OriginKind.Configuration, Name: ConstantIn(call.Arguments)),
        { Name: "GetEnvironmentVariable", ContainingType: { Name: "Environment", ContainingNamespace.Name: "System" } } => new(OriginKind.Configuration),
        { Name: "GetValue", ContainingType.Name: "ConfigurationBinder" } => new(OriginKind.Configuration, Name: NameIn(ConstantIn(call.Arguments))),
        _ => default,
    };

    private StringOrigin OfProperty(IPropertyReferenceOperation property, IOperation value, ISymbol? named)
    {
        if (property.Property.IsIndexer && property.Instance?.Type is { } type && (Is(type, types.Configuration) || IsConfiguration(type)))
        {
            var key = ConstantIn(property.Arguments);
            return new(OriginKind.Configuration, Name: IsConnectionSection(property.Instance) ? key : NameIn(key));
        }

        if (types.TryFind(property.Instance?.Type, out _))
        {
            return default; // of a builder or a connection, which are judged where they are made
        }

        return named is null && OnlyValue.Of(property.Property, value) is { } written
            ? Of(ModelFor(written, value).GetOperation(written), property.Property)
            : new(property.Property.IsIndexer ? OriginKind.Unknown : OriginKind.Configuration);
    }

    private bool IsConfiguration(ITypeSymbol type) => types.Configuration is { } configuration && type.AllInterfaces.Contains(configuration);

    private static bool IsConnectionSection(IOperation section) =>
        section.Bare() is IInvocationOperation { TargetMethod.Name: "GetSection" or "GetRequiredSection" } call
        && string.Equals(ConstantIn(call.Arguments), Section, StringComparison.OrdinalIgnoreCase);

    private static string? NameIn(string? key) =>
        key is not null && key.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase) ? key.Substring(Section.Length + 1) : null;

    private static string? ConstantIn(ImmutableArray<IArgumentOperation> arguments)
    {
        string? found = null;
        foreach (var argument in arguments)
        {
            found = argument.Value.ConstantValue is { HasValue: true, Value: string text } ? text : found;
        }

        return found;
    }

    private static bool Is(ISymbol? symbol, ISymbol? known) => known is not null && SymbolEqualityComparer.Default.Equals(symbol, known);
}
