using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Fixing;

/// <summary>Puts statements in a loop's place, and takes away what stood around it for the loop's sake.</summary>
internal static class LoopReplacement
{
    public static Task<Document?> MakeAsync(FixSite site, LoopSite loop, SyntaxList<StatementSyntax> statements, OuterCatch? outer = null, StatementSyntax? leftover = null)
    {
        if (outer is null)
        {
            return site.ReplaceAsync(Scope(loop.Loop, leftover), In(loop.Loop, Scope(loop.Loop, leftover), statements, leftover));
        }

        var block = (BlockSyntax)In(loop.Loop, outer.Try.Block, statements, leftover is not null && outer.Try.Block.Contains(leftover) ? leftover : null);
        var unwrapped = outer.Without(block);
        unwrapped = SyntaxFactory.List(unwrapped.Select(each => each.WithAdditionalAnnotations(Formatter.Annotation)));
        var scope = Scope(outer.Try, leftover is null || outer.Try.Contains(leftover) ? null : leftover);
        return site.ReplaceAsync(scope, In(outer.Try, scope, unwrapped, leftover is not null && !outer.Try.Contains(leftover) ? leftover : null));
    }

    /// <summary>Whether control leaves the function behind this statement: nothing of the function comes after.</summary>
    public static bool IsLast(SyntaxNode statement)
    {
        for (var it = statement; it is StatementSyntax; it = it.Parent)
        {
            if (it.Parent is BlockSyntax block && block.Statements.Last() != it)
            {
                return false;
            }

            if (it.Parent is TryStatementSyntax guard && guard.Block == it && guard.Catches.Any(TakesAStop))
            {
                return true;
            }
        }

        return true;
    }

    private static bool TakesAStop(CatchClauseSyntax clause) => clause is { Filter: null }
        && clause.Declaration?.Type.ToString().Split('.').Last() is null or "Exception" or "OperationCanceledException";

    private static SyntaxNode Scope(StatementSyntax statement, StatementSyntax? leftover) =>
        leftover?.Parent is { } outer && outer.Contains(statement) ? outer : statement.Parent is BlockSyntax block ? block : statement;

    private static SyntaxNode In(StatementSyntax statement, SyntaxNode scope, SyntaxList<StatementSyntax> statements, StatementSyntax? leftover)
    {
        if (scope == statement)
        {
            return statements.Count == 1 ? statements[0] : SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);
        }

        var tracked = leftover is null ? scope.TrackNodes(statement) : scope.TrackNodes(statement, leftover);
        var now = tracked.GetCurrentNode(statement)!;
        tracked = now.Parent is BlockSyntax
            ? tracked.ReplaceNode(now, statements)
            : tracked.ReplaceNode(now, SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation));
        return leftover is null ? tracked : tracked.RemoveNode(tracked.GetCurrentNode(leftover)!, SyntaxRemoveOptions.KeepExteriorTrivia & ~SyntaxRemoveOptions.KeepTrailingTrivia)!;
    }
}
