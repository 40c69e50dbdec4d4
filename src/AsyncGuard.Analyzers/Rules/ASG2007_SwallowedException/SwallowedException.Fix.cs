using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG2007: logs the exception with the type's own logger; where there is none, no fix knows where to.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwallowedExceptionFix() : RuleFix(SwallowedExceptionAnalyzer.Id)
{
    private const string Title = "Log the exception";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<CatchClauseSyntax>() is { } clause && Logged(site, clause) is { } logged)
        {
            yield return new(Title, _ => site.ReplaceAsync(clause, logged));
        }
    }

    private static CatchClauseSyntax? Logged(FixSite site, CatchClauseSyntax clause)
    {
        var name = clause.Declaration?.Identifier is { ValueText: { Length: > 0 } own } ? own : FreeName.For(site, clause, "ex", "error", "failure");
        if (OwnLogger.Log(site, clause, name, TaskNames.Around(clause) + " failed") is not { } log)
        {
            return null;
        }

        var declaration = clause.Declaration is { } declared
            ? declared.WithIdentifier(SyntaxFactory.Identifier(name)).WithType(declared.Type.WithTrailingTrivia(SyntaxFactory.Space))
            : SyntaxFactory.CatchDeclaration(SyntaxFactory.ParseTypeName(new Written(site, clause).Exception).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Identifier(name));
        declaration = clause.Declaration is null ? declaration.WithTrailingTrivia(clause.CatchKeyword.TrailingTrivia) : declaration;
        return clause
            .WithCatchKeyword(clause.Declaration is null ? clause.CatchKeyword.WithTrailingTrivia(SyntaxFactory.Space) : clause.CatchKeyword)
            .WithDeclaration(declaration)
            .WithBlock(clause.Block.WithStatements(clause.Block.Statements.Insert(0, log)))
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
    }
}
