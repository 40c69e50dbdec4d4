namespace AsyncGuard.Fixing;

/// <summary>How are properties added to what an object is created with, on lines of their own where the others have theirs?</summary>
internal static class BuilderInitialiser
{
    /// <param name="properties">As they are written in an initialiser: <c>Timeout = 10, CommandTimeout = 30</c>.</param>
    public static BaseObjectCreationExpressionSyntax Add(BaseObjectCreationExpressionSyntax creation, string properties)
    {
        var written = (InitializerExpressionSyntax)((ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression($"new A {{ {properties} }}")).Initializer!; // parsed with one
        if (creation.Initializer is not { Expressions: { Count: > 0 } present } initialiser)
        {
            return creation.WithoutTrailingTrivia()
                .WithInitializer(written.WithLeadingTrivia(SyntaxFactory.Space))
                .WithTrailingTrivia(creation.GetTrailingTrivia());
        }

        var last = present[present.Count - 1];
        var end = present.SeparatorCount == present.Count ? present.GetSeparator(present.Count - 1).TrailingTrivia : last.GetTrailingTrivia();
        var isOnLines = end.Any(SyntaxKind.EndOfLineTrivia);
        var gap = isOnLines ? end.First(each => each.IsKind(SyntaxKind.EndOfLineTrivia)) : SyntaxFactory.Space;
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(gap);
        var items = present.Take(present.Count - 1).Append(last.WithTrailingTrivia()).Concat(written.Expressions.Select(each =>
            each.WithoutTrivia().WithLeadingTrivia(isOnLines ? last.GetLeadingTrivia() : default))).ToArray();
        items[items.Length - 1] = items[items.Length - 1].WithTrailingTrivia(gap);
        var separators = present.GetSeparators().Take(present.Count - 1).Concat(Enumerable.Repeat(comma, items.Length - present.Count));
        return creation.WithInitializer(initialiser.WithExpressions(SyntaxFactory.SeparatedList(items, separators)));
    }
}
