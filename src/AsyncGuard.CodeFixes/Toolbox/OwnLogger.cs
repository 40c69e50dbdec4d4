namespace AsyncGuard.Fixing;

/// <summary>How does code at this place log an exception: by its type's own <c>ILogger</c>, or on the standard error stream?</summary>
internal static class OwnLogger
{
    /// <summary>A statement that logs the exception by an <c>ILogger</c> in reach; <see langword="null"/> where there is none.</summary>
    public static StatementSyntax? Log(FixSite site, SyntaxNode place, string exception, string text)
    {
        var model = site.Model;
        var code = new Written(site, place);
        foreach (var symbol in model.LookupSymbols(place.SpanStart).Where(each => !each.IsImplicitlyDeclared && IsReachable(each, place, model)))
        {
            if (TypeOf(symbol) is { } type && IsLogger(type))
            {
                var message = SymbolDisplay.FormatLiteral(text, quote: true);
                return code.Statement(CanCallAsExtension(place, type, model)
                    ? $"{Escaped(symbol.Name)}.LogError({exception}, {message});"
                    : $"{code.Type("Microsoft.Extensions.Logging.LoggerExtensions")}.LogError({Escaped(symbol.Name)}, {exception}, {message});");
            }
        }

        return null;
    }

    /// <summary>The same on the standard error stream.</summary>
    public static StatementSyntax LogToConsole(FixSite site, SyntaxNode place, string exception)
    {
        var code = new Written(site, place);
        return code.Statement($"{code.Type("System.Console")}.Error.WriteLine({exception});");
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol { GetMethod: not null } property => property.Type,
        _ => null,
    };

    private static bool IsLogger(ITypeSymbol type) => IsLoggerContract(type) || type.AllInterfaces.Any(IsLoggerContract);

    private static bool IsLoggerContract(ITypeSymbol type) => type is { Name: "ILogger", ContainingNamespace: { Name: "Logging", ContainingNamespace.Name: "Extensions" } };

    private static bool CanCallAsExtension(SyntaxNode place, ITypeSymbol logger, SemanticModel model) =>
        !model.LookupSymbols(place.SpanStart, logger, "LogError", includeReducedExtensionMethods: true).IsEmpty;

    private static bool IsReachable(ISymbol symbol, SyntaxNode place, SemanticModel model)
    {
        if (symbol is not (IFieldSymbol or IPropertySymbol) || symbol.IsStatic)
        {
            return true;
        }

        for (var it = model.GetEnclosingSymbol(place.SpanStart); it is not null and not INamedTypeSymbol; it = it.ContainingSymbol)
        {
            if (it.IsStatic)
            {
                return false;
            }
        }

        return true;
    }
}
