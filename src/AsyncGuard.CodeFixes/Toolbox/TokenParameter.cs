using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How is a token added to a method's parameters and, where they are documented, to its documentation?</summary>
internal static class TokenParameter
{
    private static readonly string[] Names = ["cancellationToken", "cancel", "token"];

    /// <summary>A name that means nothing in these methods yet, nor in the types around them.</summary>
    public static string? NameFor(IEnumerable<MethodDeclarationSyntax> methods, SemanticModel model) => Names.FirstOrDefault(name => methods.All(method =>
        model.LookupSymbols(method.SpanStart, name: name).IsEmpty
        && !method.DescendantTokens().Any(each => each.IsKind(SyntaxKind.IdentifierToken) && each.ValueText == name)));

    /// <param name="method">The method, perhaps cut out of its tree.</param>
    /// <param name="name">The parameter's.</param>
    /// <param name="type">How its type is written there.</param>
    /// <param name="language">The one that it is written in.</param>
    public static MethodDeclarationSyntax AddedTo(MethodDeclarationSyntax method, string name, TypeSyntax type, ParseOptions language)
    {
        var parameter = Parameter(Identifier(name)).WithType(type.WithTrailingTrivia(Space)).WithDefault(DefaultIn(method, language, type));
        var list = method.ParameterList.Parameters;
        var longer = method.WithParameterList(method.ParameterList.WithParameters(list.Count == 0
            ? [parameter]
            : SeparatedList([.. list, parameter.WithLeadingTrivia(LineOf(list))], [.. list.GetSeparators(), Separator(list)])));
        return Documented(longer, name);
    }

    // Who calls through the interface has its default; one of the implementation's own would mean nothing.
    private static EqualsValueClauseSyntax? DefaultIn(MethodDeclarationSyntax method, ParseOptions language, TypeSyntax type) => method.ExplicitInterfaceSpecifier is not null ? null : EqualsValueClause(
        Token(SyntaxKind.EqualsToken).WithLeadingTrivia(Space).WithTrailingTrivia(Space),
        language is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp7_1 } ? DefaultExpression(type) : LiteralExpression(SyntaxKind.DefaultLiteralExpression));

    // One parameter a line stays so.
    private static SyntaxTriviaList LineOf(SeparatedSyntaxList<ParameterSyntax> list) => list.Count > 1 && HasLineEnd(list.GetSeparators().Last().TrailingTrivia)
        ? [.. list.Last().GetLeadingTrivia().Where(each => each.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)]
        : [];

    private static SyntaxToken Separator(SeparatedSyntaxList<ParameterSyntax> list) => list.Count > 1 && list.GetSeparators().Last().TrailingTrivia is var after && HasLineEnd(after)
        ? Token(SyntaxKind.CommaToken).WithTrailingTrivia(after.Last(each => each.IsKind(SyntaxKind.EndOfLineTrivia)))
        : Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);

    private static bool HasLineEnd(SyntaxTriviaList trivia) => trivia.Any(each => each.IsKind(SyntaxKind.EndOfLineTrivia));

    // Where one parameter is documented, all have to be.
    private static MethodDeclarationSyntax Documented(MethodDeclarationSyntax method, string name)
    {
        var leading = method.GetLeadingTrivia();
        var at = leading.IndexOf(SyntaxKind.SingleLineDocumentationCommentTrivia);
        if (at < 0 || leading[at].GetStructure() is not DocumentationCommentTriviaSyntax comment
            || comment.Content.OfType<XmlElementSyntax>().LastOrDefault(each => each.StartTag.Name.LocalName.ValueText == "param") is not { } last
            || comment.Content.IndexOf(last) is var place && place + 1 >= comment.Content.Count)
        {
            return method;
        }

        var tag = XmlElement(
            last.StartTag.WithAttributes([XmlNameAttribute(name)]),
            [XmlText(XmlTextLiteral("Stops the work."))],
            last.EndTag);
        var longer = comment.WithContent([.. comment.Content.Take(place + 1), NextLine(comment, at > 0 ? leading[at - 1] : default), tag, .. comment.Content.Skip(place + 1)]);
        return method.WithLeadingTrivia(leading.Replace(leading[at], Trivia(longer)));
    }

    private static XmlTextSyntax NextLine(DocumentationCommentTriviaSyntax comment, SyntaxTrivia before)
    {
        var end = comment.DescendantTokens().First(each => each.IsKind(SyntaxKind.XmlTextLiteralNewLineToken));
        var indentation = before.IsKind(SyntaxKind.WhitespaceTrivia) ? before.ToString() : "";
        return XmlText(end.WithLeadingTrivia(), XmlTextLiteral(" ").WithLeadingTrivia(DocumentationCommentExterior(indentation + "///")));
    }

    private static XmlNameAttributeSyntax XmlNameAttribute(string name) => SyntaxFactory.XmlNameAttribute(name).WithLeadingTrivia(Space);
}
