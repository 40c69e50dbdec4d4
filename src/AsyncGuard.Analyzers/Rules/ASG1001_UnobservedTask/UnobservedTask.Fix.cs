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

        // A function that returns no task cannot be made to without its callers dropping that task in turn.
        if (whole.Parent is ExpressionStatementSyntax && AsyncRewriting.At(whole, site.Model) is { ChangesSignature: false } function)
        {
            yield return new(Await, _ => site.ReplaceAsync(function.Function, function.With(whole, Awaited(site, work).WithTriviaFrom(whole))));
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

    // a?.FooAsync() may be null, and null cannot be awaited.
    private static ExpressionSyntax Awaited(FixSite site, ExpressionSyntax work)
    {
        if (work is not ConditionalAccessExpressionSyntax)
        {
            return Awaits.InPlaceOf(work, work);
        }

        var make = SyntaxGenerator.GetGenerator(site.Document);
        var nothing = make.MemberAccessExpression(make.TypeExpression(site.Facts.Types.Task ?? throw new InvalidOperationException("A dropped task has a type")), "CompletedTask");
        return SyntaxFactory.AwaitExpression(SyntaxFactory.ParenthesizedExpression(
            SyntaxFactory.BinaryExpression(SyntaxKind.CoalesceExpression, work.WithoutTrivia(), (ExpressionSyntax)nothing)));
    }
}
