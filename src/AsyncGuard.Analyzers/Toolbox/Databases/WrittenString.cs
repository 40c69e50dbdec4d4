namespace AsyncGuard.Toolbox.Databases;

/// <summary>A connection string that a variable keeps, judged where it is written and not at each use.</summary>
internal readonly record struct WrittenString(ISymbol Variable, StringOrigin Origin, PlacedText Text)
{
    /// <summary>The string that a local or a read-only field is initialised with; <see langword="null"/> where it is no text, or not a string at all.</summary>
    public static WrittenString? In(IOperation initialiser, StringOrigins origins)
    {
        var (variable, value) = initialiser switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { Type.SpecialType: SpecialType.System_String } local }, Value: var given } => (local, given),
            IFieldInitializerOperation { InitializedFields: [{ Type.SpecialType: SpecialType.System_String } field], Value: var given }
                when field.IsConst || field.IsReadOnly => (field, given),
            _ => ((ISymbol?)null, (IOperation?)null),
        };

        return variable is not null && MayBeText(value) && origins.Of(value, variable) is { Kind: OriginKind.Text, Text: { } text } origin
            ? new(variable, origin, text)
            : null;
    }

    /// <summary>What the string is used for: a local in its function, a field in the whole compilation.</summary>
    public StringUse? Use(IOperation initialiser, DatabaseFacts databases, CancellationToken cancel)
    {
        if (Variable is IFieldSymbol)
        {
            return databases.Uses(cancel).Of(Variable);
        }

        StringUse? use = null;
        var member = EnclosingMember.Of(initialiser.Syntax);
        foreach (var expression in DatabaseMentions.In(member.SyntaxTree).Places)
        {
            if (member.Span.Contains(expression.Span)
                && databases.Places.Of(initialiser.SemanticModel?.GetOperation(expression, cancel)) is { String: { } text } place
                && SymbolEqualityComparer.Default.Equals(databases.Origins.Of(text).Named, Variable))
            {
                use = new(place.Provider, databases.Visible.Around(place) | (use?.Chosen ?? Chosen.None));
            }
        }

        return use;
    }

    // Before anything is read: most strings set nothing.
    private static bool MayBeText(IOperation? value) => value?.Syntax is ExpressionSyntax written && HasEquals(written);

    private static bool HasEquals(ExpressionSyntax written)
    {
        switch (written)
        {
            case LiteralExpressionSyntax { Token: var token }:
                return token.Text.IndexOf('=') >= 0;
            case BinaryExpressionSyntax sum:
                return HasEquals(sum.Left) || HasEquals(sum.Right);
            case ParenthesizedExpressionSyntax parenthesised:
                return HasEquals(parenthesised.Expression);
            case PostfixUnaryExpressionSyntax sure:
                return HasEquals(sure.Operand);
            case InterpolatedStringExpressionSyntax { Contents: var contents }:
                foreach (var content in contents)
                {
                    if (content is InterpolatedStringTextSyntax { TextToken.Text: var text } && text.IndexOf('=') >= 0)
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }
}
