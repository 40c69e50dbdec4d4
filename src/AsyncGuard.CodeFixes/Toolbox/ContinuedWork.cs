using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How does <c>task.ContinueWith(…)</c> read as an <c>await</c> with statements after it?</summary>
internal sealed class ContinuedWork
{
    private readonly FixSite _site;
    private readonly InvocationExpressionSyntax _call;
    private readonly ExpressionSyntax _task;
    private readonly LambdaExpressionSyntax _lambda;
    private readonly IReadOnlyList<SyntaxNode> _results;
    private readonly FaultSight _sight;
    private readonly bool _canFail;

    private ContinuedWork(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax task, LambdaExpressionSyntax lambda, IReadOnlyList<SyntaxNode> results, FaultSight sight, bool canFail) =>
        (_site, _call, _task, _lambda, _results, _sight, _canFail) = (site, call, task, lambda, results, sight, canFail);

    /// <summary><see langword="null"/> where the delegate needs the task itself, a state, a scheduler or a token of its own, or follows another continuation.</summary>
    public static ContinuedWork? Of(FixSite site, ExpressionSyntax work, CancellationToken cancel)
    {
        if (work is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContinueWith", Expression: var task } } call
            || site.Model.GetOperation(call, cancel) is not IInvocationOperation continuation
            || !site.Facts.Continuations.IsContinuation(continuation)
            || continuation.Instance?.Bare() is IInvocationOperation before && site.Facts.Continuations.IsContinuation(before)
            || ContinuationLambda.In(continuation) is not { } lambda
            || ContinuationLambda.ResultsIn(lambda, site.Model, cancel) is not { } results)
        {
            return null;
        }

        var canFail = continuation.Instance?.Bare() is { } first && (first is not IInvocationOperation || site.Facts.LostErrors.Of(first, cancel) is not null);
        return new(site, call, task, lambda, results, site.Facts.Continuations.SightOf(continuation, cancel), canFail);
    }

    /// <summary>In the function itself: the error goes to the log.</summary>
    public StatementSyntax Awaited()
    {
        var code = new Written(_site, _call);
        var error = FreeName.For(_site, _call.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)_call, "ex", "error", "failure");
        var log = OwnLogger.Log(_site, _call, error, TaskNames.Around(_call) + " failed") ?? OwnLogger.LogToConsole(_site, _call, error);
        var guard = (TryStatementSyntax)code.Statement(RunsRegardless ? $"try {{ }} catch ({code.Exception} {error}) {{ }} finally {{ }}" : $"try {{ }} catch ({code.Exception} {error}) {{ }}");
        var after = Continued(new(_site.Model, "", Replaced));
        guard = guard.WithBlock(guard.Block.WithStatements(RunsRegardless ? [Wait(_task)] : [Wait(_task), .. after]))
            .WithCatches([guard.Catches[0].WithBlock(guard.Catches[0].Block.WithStatements([log]))]);
        return RunsRegardless && guard.Finally is { } end ? guard.WithFinally(end.WithBlock(end.Block.WithStatements([.. after]))) : guard;
    }

    /// <summary><c>S.Run("Foo", async ct => …)</c>: the supervisor sees the error.</summary>
    public ExpressionSyntax Supervised(ExpressionSyntax supervisor)
    {
        var tokens = new SupervisedTokens(_site.Model, SupervisedRun.TokenName(_site.Model, _call.SpanStart), Replaced);
        var wait = Wait((ExpressionSyntax)tokens.Visit(_task)!); // a rewriter that removes nothing
        var after = Continued(tokens);
        if (RunsRegardless)
        {
            var guard = (TryStatementSyntax)new Written(_site, _call).Statement("try { } finally { }");
            after = [guard.WithBlock(guard.Block.WithStatements([wait])).WithFinally(guard.Finally!.WithBlock(guard.Finally.Block.WithStatements([.. after])))]; // as written
        }
        else
        {
            after.Insert(0, wait);
        }

        var lambda = SimpleLambdaExpression(Parameter(Identifier(tokens.IsUsed ? tokens.Name : "_")), LongBlock.Of(_call, after)).WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, IdentifierName("Run")),
            ArgumentList(SeparatedList([Argument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(Name))), Argument(lambda)])))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    // What ran whatever had happened still does; what could not have run after a fault need not.
    private bool RunsRegardless => _canFail && _sight == FaultSight.Hidden;

    private string Result => FreeName.For(_site, _call.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)_call, "result", "outcome", "awaited");

    private IReadOnlyDictionary<SyntaxNode, SyntaxNode> Replaced => _results.ToDictionary(old => old, old => (SyntaxNode)IdentifierName(Result).WithTriviaFrom(old));

    private StatementSyntax Wait(ExpressionSyntax task)
    {
        var alone = task.WithoutTrivia();
        var wait = Awaits.InPlaceOf(alone, alone);
        return _results.Count == 0
            ? ExpressionStatement(wait)
            : LocalDeclarationStatement(VariableDeclaration(IdentifierName("var"), [VariableDeclarator(Identifier(Result), null, EqualsValueClause(wait))]));
    }

    private List<StatementSyntax> Continued(SupervisedTokens rewriter)
    {
        if (_lambda.Body is BlockSyntax block)
        {
            return [.. block.Statements.Select(rewriter.Of).Select(each => each.WithAdditionalAnnotations(Formatter.Annotation))];
        }

        var work = ((ExpressionSyntax)rewriter.Visit(_lambda.Body)!).WithoutTrivia(); // a rewriter that removes nothing
        var isTask = _lambda.AsyncKeyword.RawKind == 0 && _site.Facts.Awaitables.IsAwaitable(_site.Model.GetTypeInfo(_lambda.Body).Type);
        return [ExpressionStatement(isTask ? Awaits.InPlaceOf(work, work) : work)];
    }

    private string Name => _task is InvocationExpressionSyntax { Expression: var called } && _site.Model.GetSymbolInfo(called).Symbol is IMethodSymbol { ContainingType.Name: not ("Task" or "TaskFactory") } method
        ? TaskNames.Of(method.Name)
        : TaskNames.Around(_call);
}
