namespace AsyncGuard.Fixing;

/// <summary>How is a part of a string changed as its author wrote it: quotes, escapes and interpolations kept?</summary>
internal static class StringEditing
{
    /// <summary>Puts one <c>keyword=value</c> in the place of another; <see langword="null"/> where it does not stand there.</summary>
    public static SyntaxNode? Replace(SyntaxNode node, string old, string by)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (IndexOf(token.Text, old) is { } at)
            {
                return node.ReplaceToken(token, Write(token, token.Text.Remove(at, old.Length).Insert(at, by)));
            }
        }

        return null;
    }

    /// <summary>The string with something behind its end, written into its last literal where there is one.</summary>
    public static ExpressionSyntax? Append(ExpressionSyntax text, string more)
    {
        switch (text)
        {
            case LiteralExpressionSyntax { Token: var token } literal when EndOf(token) is { } at:
                return literal.WithToken(Write(token, token.Text.Insert(at, more)));
            case InterpolatedStringExpressionSyntax { Contents: var contents, StringStartToken.RawKind: not (int)SyntaxKind.InterpolatedMultiLineRawStringStartToken } interpolated:
                return contents.LastOrDefault() is InterpolatedStringTextSyntax { TextToken: var last } end
                    ? interpolated.ReplaceNode(end, end.WithTextToken(Write(last, last.Text + more)))
                    : interpolated.AddContents(SyntaxFactory.InterpolatedStringText(
                        SyntaxFactory.Token(default, SyntaxKind.InterpolatedStringTextToken, more, more, default)));
            case BinaryExpressionSyntax { Right: var right } sum:
                return Append(right, more) is { } longer
                    ? sum.WithRight(longer)
                    : SyntaxFactory.BinaryExpression(
                        SyntaxKind.AddExpression, sum, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(more)));
            case ParenthesizedExpressionSyntax { Expression: var inner } parenthesised:
                return Append(inner, more) is { } inside ? parenthesised.WithExpression(inside) : null;
            default:
                return null;
        }
    }

    // "Timeout=0" is not meant by "Command Timeout=0", nor by "Timeout=05".
    private static int? IndexOf(string text, string setting)
    {
        for (var at = text.IndexOf(setting, StringComparison.Ordinal); at >= 0; at = text.IndexOf(setting, at + 1, StringComparison.Ordinal))
        {
            var before = text.Substring(0, at).TrimEnd();
            var end = at + setting.Length;
            if ((before.Length == 0 || !char.IsLetterOrDigit(before[before.Length - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return at;
            }
        }

        return null;
    }

    // Where the closing quotes begin; a literal of several lines has no good place for more.
    private static int? EndOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken => token.Text.Length - 1,
        SyntaxKind.SingleLineRawStringLiteralToken => token.Text.TrimEnd('"').Length,
        _ => null,
    };

    private static SyntaxToken Write(SyntaxToken token, string text) => token.IsKind(SyntaxKind.InterpolatedStringTextToken)
        ? SyntaxFactory.Token(token.LeadingTrivia, SyntaxKind.InterpolatedStringTextToken, text, text, token.TrailingTrivia)
        : ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(text)).Token.WithTriviaFrom(token);
}
