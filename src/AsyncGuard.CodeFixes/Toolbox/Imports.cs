using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>Where does a <c>using</c> of a namespace go that a fix needs: among the others, in their order?</summary>
internal static class Imports
{
    public static CompilationUnitSyntax With(CompilationUnitSyntax unit, string name) =>
        unit.Usings.Count == 0 && unit.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(each => each.Usings.Count > 0) is { } inner
            ? unit.ReplaceNode(inner, inner.WithUsings(With(inner.Usings, name, unit)))
            : unit.WithUsings(With(unit.Usings, name, unit));

    private static SyntaxList<UsingDirectiveSyntax> With(SyntaxList<UsingDirectiveSyntax> usings, string name, CompilationUnitSyntax unit)
    {
        var import = UsingDirective(ParseName(name).WithLeadingTrivia(Space)).WithTrailingTrivia(LongBlock.LineEnd(unit));
        var at = usings.TakeWhile(each => each.Alias is null && each.StaticKeyword.RawKind == 0 && each.Name?.ToString() is { } other && IsBefore(other, name)).Count();
        if (usings.Count == 0)
        {
            return [import.WithTrailingTrivia(LongBlock.LineEnd(unit), LongBlock.LineEnd(unit))];
        }

        // What stands above the first, a licence perhaps, stays there.
        var indentation = usings[0].GetLeadingTrivia() is [.., var last] && last.IsKind(SyntaxKind.WhitespaceTrivia) ? TriviaList(last) : TriviaList();
        return at > 0
            ? usings.Insert(at, import.WithLeadingTrivia(indentation))
            : usings.Replace(usings[0], usings[0].WithLeadingTrivia(indentation)).Insert(0, import.WithLeadingTrivia(usings[0].GetLeadingTrivia()));
    }

    private static bool IsBefore(string other, string name) => (IsSystem(other), IsSystem(name)) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => string.CompareOrdinal(other, name) < 0,
    };

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
