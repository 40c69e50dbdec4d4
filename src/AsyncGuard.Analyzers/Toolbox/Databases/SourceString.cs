namespace AsyncGuard.Toolbox.Databases;

/// <summary>What is written in a string expression: literals, interpolations with holes, sums of these, and constants by name?</summary>
internal static class SourceString
{
    /// <summary>The text, or <see langword="null"/> where no part of it is written here.</summary>
    /// <param name="constantOf">The value of a name; <see langword="null"/> where it is no constant.</param>
    public static PlacedText? Read(ExpressionSyntax expression, Func<ExpressionSyntax, string?> constantOf)
    {
        var text = new PlacedText.Builder();
        return Read(expression, constantOf, text) ? text.Build(span => Location.Create(expression.SyntaxTree, span)) : null;
    }

    private static bool Read(ExpressionSyntax expression, Func<ExpressionSyntax, string?> constantOf, PlacedText.Builder into)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesised:
                return Read(parenthesised.Expression, constantOf, into);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                return Read(sure.Operand, constantOf, into);
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal:
                ReadLiteral(literal.Token, into);
                return true;
            case InterpolatedStringExpressionSyntax interpolated:
                return ReadInterpolated(interpolated, constantOf, into);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                var left = ReadOrHole(sum.Left, constantOf, into);
                return ReadOrHole(sum.Right, constantOf, into) || left;
            case NameSyntax or MemberAccessExpressionSyntax when constantOf(expression) is { } constant:
                into.AddForeign(constant, expression.Span);
                return true;
            default:
                return false;
        }
    }

    private static bool ReadOrHole(ExpressionSyntax expression, Func<ExpressionSyntax, string?> constantOf, PlacedText.Builder into)
    {
        var isRead = Read(expression, constantOf, into);
        if (!isRead)
        {
            into.AddHole(expression.Span);
        }

        return isRead;
    }

    private static void ReadLiteral(SyntaxToken token, PlacedText.Builder into)
    {
        var source = token.Text;
        if (token.IsKind(SyntaxKind.StringLiteralToken))
        {
            if (source.StartsWith("@", StringComparison.Ordinal))
            {
                EscapedText.ReadVerbatim(source.Substring(2, Math.Max(0, source.Length - 3)), token.SpanStart + 2, "\"", into);
            }
            else
            {
                EscapedText.Read(source.Substring(1, Math.Max(0, source.Length - 2)), token.SpanStart + 1, "", into);
            }

            return;
        }

        var quotes = source.Length - source.TrimStart('"').Length;
        EscapedText.ReadRaw(source.Substring(quotes), token.SpanStart + quotes, token.ValueText, into);
    }

    private static bool ReadInterpolated(InterpolatedStringExpressionSyntax interpolated, Func<ExpressionSyntax, string?> constantOf, PlacedText.Builder into)
    {
        var isRead = false;
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolatedStringTextSyntax { TextToken: var token })
            {
                ReadText(interpolated.StringStartToken, token, into);
                isRead = true;
            }
            else if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null, Expression: var expression })
            {
                isRead |= ReadOrHole(expression, constantOf, into);
            }
            else
            {
                into.AddHole(content.Span);
            }
        }

        return isRead;
    }

    private static void ReadText(SyntaxToken opening, SyntaxToken token, PlacedText.Builder into)
    {
        if (!opening.IsKind(SyntaxKind.InterpolatedStringStartToken) && !opening.IsKind(SyntaxKind.InterpolatedVerbatimStringStartToken))
        {
            EscapedText.ReadRaw(token.Text, token.SpanStart, token.ValueText, into);
        }
        else if (opening.IsKind(SyntaxKind.InterpolatedVerbatimStringStartToken))
        {
            EscapedText.ReadVerbatim(token.Text, token.SpanStart, "{}\"", into);
        }
        else
        {
            EscapedText.Read(token.Text, token.SpanStart, "{}", into);
        }
    }
}
