using System.Globalization;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>Where does a report of ASG3008 stand, and what does its fix need to know?</summary>
internal sealed class TimeoutReport(ConnectionPlace place, StringOrigin origin, UnchosenTimeouts timeouts)
{
    /// <summary>What to append to the string.</summary>
    public const string Append = "append";

    /// <summary>What to add to a builder's initialiser.</summary>
    public const string Initialise = "initialise";

    /// <summary>The parameter of an options lambda, and the seconds of its command timeout.</summary>
    public const string Options = "options";
    public const string CommandSeconds = "command";

    /// <summary>The runtime's name of the database.</summary>
    public const string Kind = "kind";

    // A property's text is out of reach: what is reported outside of what was looked at cannot be fixed in an editor.
    private readonly bool _isWrittenHere = origin is { Kind: OriginKind.Text, Written: { } written, Named: not IPropertySymbol } && written.SyntaxTree == place.Operation.Syntax.SyntaxTree;

    /// <summary>The connection string where it stands in this file, else what is made from it.</summary>
    public Location Location => _isWrittenHere && origin.Written is { } written
        ? OnOneLine(written).GetLocation()
        : place.Operation.Syntax switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } => name.Identifier.GetLocation(),
            InvocationExpressionSyntax { Expression: var function } => function.GetLocation(),
            ObjectCreationExpressionSyntax { Type: var type } => type.GetLocation(),
            ImplicitObjectCreationExpressionSyntax { NewKeyword: var keyword } => keyword.GetLocation(),
            AssignmentExpressionSyntax { Right: var value } => value.GetLocation(),
            var other => other.GetLocation(),
        };

    public ImmutableDictionary<string, string?> Properties(int connect, int command)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        if (_isWrittenHere && origin.Text is { Text: var text })
        {
            properties[Append] = timeouts.Keywords(text, connect, command);
            return properties.ToImmutable();
        }

        properties[Kind] = place.Provider.RuntimeKind;
        if (place.Kind == PlaceKind.ConnectionStringBuilder)
        {
            properties[Initialise] = timeouts.InInitialiser(connect, command);
        }
        else if (place.Kind == PlaceKind.Registration)
        {
            properties[Options] = place.Provider.OptionsName;
            properties[CommandSeconds] = command.ToString(CultureInfo.InvariantCulture);
        }

        return properties.ToImmutable();
    }

    private static SyntaxNode OnOneLine(ExpressionSyntax written)
    {
        var lines = written.GetLocation().GetLineSpan().Span;
        return lines.Start.Line != lines.End.Line && written is BinaryExpressionSyntax { Left: var left } ? OnOneLine(left) : written;
    }
}
