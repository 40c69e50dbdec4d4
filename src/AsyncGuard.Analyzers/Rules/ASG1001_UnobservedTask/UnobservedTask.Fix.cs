using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1001 and the compiler's CS4014: awaits the task, or runs it supervised.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnobservedTaskFix() : RuleFix(UnobservedTaskAnalyzer.Id, "CS4014")
{
    internal const string Await = "Await it";
    internal const string Run = "Run it supervised";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (Dropped(site.Node) is not var (whole, work))
        {
            yield break;
        }

        if (whole.Parent is ExpressionStatementSyntax && MayAwait(site, whole))
        {
            yield return new(Await, _ => site.ReplaceAsync(whole, Awaited(site, work).WithTriviaFrom(whole)));
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Run, async cancel => new SupervisedRun(site.Model, supervisor, work).Write(cancel) is { } run
                ? await site.ReplaceAsync(whole, run.WithTriviaFrom(whole)).ConfigureAwait(false)
                : null);
        }
    }

    // The finding marks what is called; what is replaced is all that stands in the statement, or after the arrow.
    private static (ExpressionSyntax Whole, ExpressionSyntax Work)? Dropped(SyntaxNode node)
    {
        foreach (var outer in node.AncestorsAndSelf())
        {
            if (outer is ExpressionSyntax { Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax } whole
                && (whole.Parent is not LambdaExpressionSyntax lambda || lambda.Body == whole))
            {
                return whole switch
                {
                    AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: var work } => (whole, work),
                    AssignmentExpressionSyntax => null,
                    _ => (whole, whole),
                };
            }

            if (outer is StatementSyntax)
            {
                return null;
            }
        }

        return null;
    }

    private static bool MayAwait(FixSite site, ExpressionSyntax place) =>
        place.FirstAncestorOrSelf<SyntaxNode>(each => each is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or GlobalStatementSyntax) switch
        {
            GlobalStatementSyntax => true,
            AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword != default,
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => false,
        }
        && site.Facts.Types.Task is not null;

    // a?.FooAsync() may be null, and null cannot be awaited.
    private static AwaitExpressionSyntax Awaited(FixSite site, ExpressionSyntax work)
    {
        if (work is not ConditionalAccessExpressionSyntax)
        {
            var bare = work.WithoutTrivia();
            return SyntaxFactory.AwaitExpression(work is ConditionalExpressionSyntax or BinaryExpressionSyntax or SwitchExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(bare) : bare);
        }

        var make = SyntaxGenerator.GetGenerator(site.Document);
        var nothing = make.MemberAccessExpression(make.TypeExpression(site.Facts.Types.Task ?? throw new InvalidOperationException("MayAwait has seen to it")), "CompletedTask");
        return SyntaxFactory.AwaitExpression(SyntaxFactory.ParenthesizedExpression(
            SyntaxFactory.BinaryExpression(SyntaxKind.CoalesceExpression, work.WithoutTrivia(), (ExpressionSyntax)nothing)));
    }
}
