using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>The <c>try</c> around a loop whose catch-all takes the errors that the loop is to take itself.</summary>
internal sealed record OuterCatch(TryStatementSyntax Try, CatchClauseSyntax CatchAll)
{
    public static OuterCatch? Around(FixSite site, StatementSyntax loop)
    {
        foreach (var guard in loop.Ancestors().TakeWhile(each => each is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<TryStatementSyntax>())
        {
            if (guard.Block.Span.Contains(loop.Span) && guard.Catches.FirstOrDefault(each => IsCatchAll(site, each)) is { } clause)
            {
                return new(guard, clause);
            }
        }

        return null;
    }

    /// <summary>The handler's statements and its exception's name, to stand inside the loop; <see langword="null"/> where they jump or use what they cannot there.</summary>
    public (SyntaxList<StatementSyntax> Statements, string? Exception)? Handler =>
        CatchAll.Block.Statements.Count == 0 || CatchAll.Block.DescendantNodes().Any(each => each is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax)
            ? null
            : (CatchAll.Block.Statements, CatchAll.Declaration?.Identifier is { ValueText: { Length: > 0 } name } ? name : null);

    /// <summary>The <c>try</c> without its catch-all; where nothing else is left of it, its statements.</summary>
    public SyntaxList<StatementSyntax> Without(BlockSyntax block)
    {
        var rest = Try.WithBlock(block).WithCatches(Try.Catches.Remove(CatchAll));
        return rest.Catches.Count > 0 || rest.Finally is not null
            ? [rest]
            : [.. block.Statements.Select((each, at) => at == 0 ? each.WithLeadingTrivia(Try.GetLeadingTrivia()) : each)];
    }

    private static bool IsCatchAll(FixSite site, CatchClauseSyntax clause) =>
        site.Model.GetOperation(clause) is ICatchClauseOperation operation && CatchClauses.IsCatchAll(operation, site.Facts.Types);
}
