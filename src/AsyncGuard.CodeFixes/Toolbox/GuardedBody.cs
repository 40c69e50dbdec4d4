using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Fixing;

/// <summary>The body of an async function that nobody awaits, so that nothing escapes it: through the runtime's <c>Guard</c>, or in a <c>try</c> that logs.</summary>
internal sealed class GuardedBody(FixSite site, SyntaxNode function, string name)
{
    public const string ByRuntime = "Guard its body";
    public const string ByCatch = "Catch and log what its body throws";

    /// <summary>Both ways, the runtime's first; that one needs the runtime.</summary>
    public IEnumerable<Offer> Offers()
    {
        if (Block is null || HasDyingLoop)
        {
            yield break;
        }

        if (site.Facts.Types["AsyncGuard.Guard"] is not null)
        {
            yield return new(ByRuntime, _ => site.ReplaceAsync(function, IsWritten ? With(Guarded()) : function.ReplaceNode(Place, GuardedExpression())));
        }

        yield return new(ByCatch, _ => site.ReplaceAsync(function, With(Caught())));
    }

    // A guard around a loop that its first error ends only hides the end: the loop needs its own (ASG2001).
    private bool HasDyingLoop => Place.DescendantNodes(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(each =>
        each is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax
        && site.Model.GetOperation(each) is ILoopOperation loop && RunningFunction.MemberAt(loop, site.Facts.Bodies, CancellationToken.None) is { } member && site.Facts.Dying.Judge(loop, member, CancellationToken.None) is not null);

    private BlockSyntax? Block => function switch
    {
        MethodDeclarationSyntax { Body: { } block } => block,
        MethodDeclarationSyntax { ExpressionBody.Expression: { } only } => OfOne(only),
        LocalFunctionStatementSyntax { Body: { } block } => block,
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } only } => OfOne(only),
        AnonymousFunctionExpressionSyntax { Block: { } block } => block,
        AnonymousFunctionExpressionSyntax { ExpressionBody: { } only } => OfOne(only),
        _ => null,
    };

    private SyntaxNode Place => function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression ?? function,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression ?? function,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => function,
    };

    private StatementSyntax Guarded()
    {
        var passing = Passing;
        var body = (BlockSyntax?)passing.Visit(Place) ?? Block!;
        var guarded = new Written(site, Place).Statement($"{Call(passing, isAsync: true)} {{ }});");
        return guarded.ReplaceNode(guarded.DescendantNodes().OfType<BlockSyntax>().First(), body.WithoutTrivia());
    }

    // An arrow stays an arrow; what is a task already needs no second await.
    private ExpressionSyntax GuardedExpression()
    {
        var passing = Passing;
        var work = Place is AwaitExpressionSyntax { Expression: var task } && site.Facts.Awaitables.IsTask(site.Model.GetTypeInfo(task).Type) ? task : (ExpressionSyntax)Place;
        var body = ((ExpressionSyntax)passing.Visit(work)).WithoutTrivia();
        var guarded = (ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"{Call(passing, isAsync: work == Place)} it);");
        var lambda = guarded.DescendantNodes().OfType<LambdaExpressionSyntax>().First();
        return guarded.ReplaceNode(lambda.Body, body).Expression.WithTriviaFrom(Place);
    }

    private TokenPassing Passing => new(site.Model, SupervisedRun.TokenName(site.Model, Place.SpanStart));

    private string Call(TokenPassing passing, bool isAsync)
    {
        var token = passing.ParameterFor(function);
        return $"await {new Written(site, Place).Type("AsyncGuard.Guard")}.TryAsync({SymbolDisplay.FormatLiteral(name, quote: true)}, {(isAsync ? "async " : "")}{token} =>";
    }

    private TryStatementSyntax Caught()
    {
        var code = new Written(site, Place);
        var error = FreeName.For(site, Place, "ex", "error", "failure");
        var log = OwnLogger.Log(site, Place, error, name + " failed") ?? OwnLogger.LogToConsole(site, Place, error);
        var attempt = (TryStatementSyntax)code.Statement($"try {{ }} catch ({code.Exception} {error}) {{ }}");
        return attempt.WithBlock(Block!.WithTriviaFrom(attempt.Block)).WithCatches([attempt.Catches[0].WithBlock(SyntaxFactory.Block(log))]);
    }

    private bool IsWritten => Block == Place;

    private SyntaxNode With(StatementSyntax statement)
    {
        var block = SyntaxFactory.Block(statement).WithAdditionalAnnotations(Formatter.Annotation);
        block = IsWritten ? block.WithOpenBraceToken(Bare(Block!.OpenBraceToken)).WithCloseBraceToken(Bare(block.CloseBraceToken).WithTrailingTrivia(Block.CloseBraceToken.TrailingTrivia)) : block;
        return function switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Ending(block, method.SemicolonToken)),
            LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Ending(block, local.SemicolonToken)),
            AnonymousFunctionExpressionSyntax lambda => lambda.WithExpressionBody(null).WithBlock(block),
            _ => function,
        };
    }

    private static SyntaxToken Bare(SyntaxToken brace) => brace.WithTrailingTrivia(SyntaxFactory.ElasticMarker);

    private static BlockSyntax Ending(BlockSyntax block, SyntaxToken end) =>
        end.IsKind(SyntaxKind.None) ? block : block.WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(end.TrailingTrivia));

    private static BlockSyntax OfOne(ExpressionSyntax expression) => SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(expression.WithoutTrivia()));
}
