using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What a fix has to know of a loop: its body, the token that stops it, and the pause in it.</summary>
/// <param name="Loop">The statement.</param>
/// <param name="Statements">Its body, bare.</param>
/// <param name="Shape">What it runs on.</param>
/// <param name="Token">An expression for the token that stops it; <see langword="null"/> where none does.</param>
/// <param name="Pause">The statement of the body that pauses between iterations, if it stands first or last.</param>
internal sealed record LoopSite(StatementSyntax Loop, SyntaxList<StatementSyntax> Statements, LoopShape Shape, ExpressionSyntax? Token, PauseStatement? Pause)
{
    public static LoopSite? At(FixSite site)
    {
        var loop = site.Node.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(each => BodyOf(each) is not null);
        if (loop is null || BodyOf(loop) is not { } body || site.Model.GetOperation(loop) is not ILoopOperation operation)
        {
            return null;
        }

        var statements = body is BlockSyntax block ? block.Statements : SyntaxFactory.SingletonList(body);
        return new(loop, statements, site.Facts.Loops.KindOf(operation), StopToken.Of(operation, loop, site.Model), PauseStatement.Of(statements, site.Model));
    }

    public bool IsAsync => Loop.Ancestors().Select(AsyncKeyword).FirstOrDefault(each => each is not null) is { } modifier
        ? modifier.IsKind(SyntaxKind.AsyncKeyword)
        : Loop.Ancestors().OfType<GlobalStatementSyntax>().Any();

    public StatementSyntax WithBody(BlockSyntax body) => Loop switch
    {
        WhileStatementSyntax it => it.WithStatement(body),
        ForStatementSyntax it => it.WithStatement(body),
        DoStatementSyntax it => it.WithStatement(body),
        ForEachStatementSyntax it => it.WithStatement(body),
        ForEachVariableStatementSyntax it => it.WithStatement(body),
        _ => Loop,
    };

    private static StatementSyntax? BodyOf(StatementSyntax statement) => statement switch
    {
        WhileStatementSyntax it => it.Statement,
        ForStatementSyntax it => it.Statement,
        DoStatementSyntax it => it.Statement,
        CommonForEachStatementSyntax it => it.Statement,
        _ => null,
    };

    // The innermost function's keyword, or a token of no kind where it is not async; null for what is no function.
    private static SyntaxToken? AsyncKeyword(SyntaxNode node) => node switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword,
        LocalFunctionStatementSyntax local => local.Modifiers.FirstOrDefault(each => each.IsKind(SyntaxKind.AsyncKeyword)),
        BaseMethodDeclarationSyntax method => method.Modifiers.FirstOrDefault(each => each.IsKind(SyntaxKind.AsyncKeyword)),
        AccessorDeclarationSyntax => default(SyntaxToken),
        _ => null,
    };
}
