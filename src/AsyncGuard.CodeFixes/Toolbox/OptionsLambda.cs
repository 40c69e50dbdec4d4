namespace AsyncGuard.Fixing;

/// <summary>How is a command timeout set in the options of a registration, <c>UseNpgsql(text, npgsql => …)</c>?</summary>
internal static class OptionsLambda
{
    /// <summary>In the lambda that is there, behind what it does; else in one of its own.</summary>
    public static InvocationExpressionSyntax SetCommandTimeout(InvocationExpressionSyntax registration, string name, string seconds, SemanticModel model)
    {
        foreach (var argument in registration.ArgumentList.Arguments)
        {
            if (argument.Expression is SimpleLambdaExpressionSyntax or ParenthesizedLambdaExpressionSyntax && argument.Expression is LambdaExpressionSyntax lambda
                && ParameterOf(lambda) is { } parameter)
            {
                return registration.ReplaceNode(lambda, Extend(lambda, parameter, seconds));
            }
        }

        var free = name;
        while (model.LookupSymbols(registration.SpanStart, name: free).Any(each => each is ILocalSymbol or IParameterSymbol))
        {
            free += "Options";
        }

        var added = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{free} => {free}.CommandTimeout({seconds})"));
        var arguments = registration.ArgumentList.Arguments;
        var separators = arguments.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return registration.WithArgumentList(registration.ArgumentList.WithArguments(SyntaxFactory.SeparatedList(arguments.Append(added), separators)));
    }

    private static string? ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only.Identifier.ValueText,
        _ => null,
    };

    private static LambdaExpressionSyntax Extend(LambdaExpressionSyntax lambda, string parameter, string seconds)
    {
        if (lambda.ExpressionBody is { } chain)
        {
            var call = SyntaxFactory.ParseExpression($"it.CommandTimeout({seconds})");
            var longer = call.ReplaceNode(call.DescendantNodes().OfType<IdentifierNameSyntax>().First(), chain.WithoutTrailingTrivia());
            return lambda.WithExpressionBody(longer.WithTrailingTrivia(chain.GetTrailingTrivia()));
        }

        var block = (BlockSyntax)lambda.Body;
        var statement = SyntaxFactory.ParseStatement($"{parameter}.CommandTimeout({seconds});");
        statement = block.Statements.LastOrDefault() is { } last
            ? statement.WithLeadingTrivia(last.GetLeadingTrivia().Where(each => each.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(last.GetTrailingTrivia().Where(IsBlank))
            : statement;
        return lambda.WithBlock(block.AddStatements(statement));
    }

    private static bool IsBlank(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
