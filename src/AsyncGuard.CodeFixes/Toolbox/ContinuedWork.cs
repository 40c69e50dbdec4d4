using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How does <c>task.ContinueWith(…)</c>, or a chain of these, read as an <c>await</c> with statements after it?</summary>
internal sealed class ContinuedWork
{
    private readonly FixSite _site;
    private readonly InvocationExpressionSyntax _call;
    private readonly ExpressionSyntax _task;
    private readonly bool _canFail;
    private readonly IReadOnlyList<ContinuationLink> _links;

    private ContinuedWork(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax task, bool canFail, IReadOnlyList<ContinuationLink> links) =>
        (_site, _call, _task, _canFail, _links) = (site, call, task, canFail, links);

    /// <summary><see langword="null"/> where a delegate needs a scheduler or returns early, or one in a chain needs more of the one before than its value.</summary>
    public static ContinuedWork? Of(FixSite site, ExpressionSyntax work, CancellationToken cancel)
    {
        var calls = new List<(InvocationExpressionSyntax Call, IInvocationOperation Operation, bool IsUnwrapped)>();
        var task = work;
        for (var isUnwrapped = IsUnwrap(site, task, cancel); ContinuationIn(site, isUnwrapped ? ReceiverOf(task) : task, cancel) is var (call, operation, before); isUnwrapped = IsUnwrap(site, task, cancel))
        {
            calls.Insert(0, (call, operation, isUnwrapped));
            task = before;
        }

        if (calls.Count == 0)
        {
            return null;
        }

        // What ran whatever had happened still does; what could not have run after a fault need not.
        var canFail = calls[0].Operation.Instance?.Bare() is { } first && (first is not IInvocationOperation || site.Facts.LostErrors.Of(first, cancel) is not null);
        var links = new List<ContinuationLink>();
        foreach (var (call, operation, _) in calls)
        {
            if (ContinuationLink.Of(site, call, operation, links.Count, cancel) is not { } link
                || (calls.Count > 1 && site.Facts.Continuations.SightOf(operation, cancel) == FaultSight.Seen)
                || (links.Count > 0 && !links[links.Count - 1].MayBeFollowed(link, calls[links.Count - 1].IsUnwrapped)))
            {
                return null;
            }

            links.Add(link);
        }

        return new(site, calls[calls.Count - 1].Call, task, canFail, links);
    }

    /// <summary>In the function itself: the error goes to the log. <see langword="null"/> where the continuation is to run on the pool, and what follows is not.</summary>
    public IReadOnlyList<StatementSyntax>? Awaited()
    {
        var leavesThread = _links.Any(each => each.OnPool) && (ConfiguredAwaits.AreUsual(_site.Root) || EndsFunction.IsOne(_call.FirstAncestorOrSelf<StatementSyntax>()));
        if (_links.Any(each => each.OnPool) && !leavesThread && ControlThread.IsIn(_site.Facts.Types))
        {
            return null;
        }

        var code = new Written(_site, _call);
        var error = FreeName.For(_site, _call.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)_call, "ex", "error", "failure");
        var log = OwnLogger.Log(_site, _call, error, TaskNames.Around(_call) + " failed") ?? OwnLogger.LogToConsole(_site, _call, error);
        var (before, regardless) = Parts(_task, leavesThread, each => each.ReplaceNodes(Replaced.Keys.Where(each.Contains), (old, _) => Replaced[old]));
        var guard = (TryStatementSyntax)code.Statement(regardless.Count > 0 ? $"try {{ }} catch ({code.Exception} {error}) {{ }} finally {{ }}" : $"try {{ }} catch ({code.Exception} {error}) {{ }}");
        guard = guard.WithCatches([guard.Catches[0].WithBlock(guard.Catches[0].Block.WithStatements([log]))]);
        return regardless.Count > 0 && guard.Finally is { } end
            ? [.. Start(_task), guard.WithBlock(guard.Block.WithStatements([.. before])).WithFinally(end.WithBlock(end.Block.WithStatements([.. regardless])))]
            : [guard.WithBlock(guard.Block.WithStatements([.. Start(_task), .. before]))];
    }

    /// <summary><c>S.Run("Foo", async ct => …)</c>: the supervisor sees the error.</summary>
    public ExpressionSyntax Supervised(ExpressionSyntax supervisor)
    {
        var tokens = new SupervisedTokens(_site.Model, SupervisedRun.TokenName(_site.Model, _call.SpanStart), Replaced);
        var task = (ExpressionSyntax)tokens.Visit(_task)!; // a rewriter that removes nothing
        var (before, regardless) = Parts(task, leavesThread: false, each => tokens.Visit(each) ?? each);
        var block = LongBlock.Of(_call, [.. Start(task), .. Guarded(before, regardless)]);
        var lambda = SimpleLambdaExpression(Parameter(Identifier(tokens.ParameterFor(block))), block).WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, IdentifierName("Run")),
            ArgumentList(SeparatedList([Argument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(Name))), Argument(lambda)])))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static (InvocationExpressionSyntax Call, IInvocationOperation Operation, ExpressionSyntax Before)? ContinuationIn(FixSite site, ExpressionSyntax work, CancellationToken cancel) =>
        work is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContinueWith", Expression: var task } } call
        && site.Model.GetOperation(call, cancel) is IInvocationOperation continuation
        && site.Facts.Continuations.IsContinuation(continuation)
            ? (call, continuation, task)
            : null;

    // LoadAsync().ContinueWith(…).Unwrap(): the one before is over when what it has started is.
    private static bool IsUnwrap(FixSite site, ExpressionSyntax task, CancellationToken cancel) =>
        task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Unwrap" }, ArgumentList.Arguments.Count: 0 } && ContinuationIn(site, ReceiverOf(task), cancel) is not null;

    private static ExpressionSyntax ReceiverOf(ExpressionSyntax task) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)task).Expression).Expression;

    private Dictionary<SyntaxNode, SyntaxNode> Replaced => _links.SelectMany(each => each.Replaced).ToDictionary(each => each.Key, each => each.Value);

    // What is needed beforehand, and the task itself, where more of it is asked than what it gives.
    private IEnumerable<StatementSyntax> Start(ExpressionSyntax task) =>
        [.. _links[0].NeedsTask ? [ContinuationLink.Local("var", _links[0].Task, task.WithoutTrivia())] : (StatementSyntax[])[], .. _links.SelectMany(each => each.Before())];

    private StatementSyntax Wait(ExpressionSyntax task, bool leavesThread)
    {
        var alone = _links[0].NeedsTask ? IdentifierName(_links[0].Task) : task.WithoutTrivia();
        var wait = Awaits.InPlaceOf(alone, leavesThread ? ConfiguredAwaits.Of(alone) : alone);
        return _links[0].NeedsResult ? ContinuationLink.Local("var", _links[0].Result, wait) : ExpressionStatement(wait);
    }

    // All of it in order; what runs regardless of what may fail before it, and what follows that, comes apart.
    private (List<StatementSyntax> Before, List<StatementSyntax> Regardless) Parts(ExpressionSyntax task, bool leavesThread, Func<SyntaxNode, SyntaxNode> rewrite)
    {
        var (before, regardless, canFail) = (new List<StatementSyntax> { Wait(task, leavesThread) }, new List<StatementSyntax>(), _canFail);
        for (var at = 0; at < _links.Count; at++)
        {
            var then = _links[at].Statements(rewrite, at + 1 < _links.Count && _links[at + 1].NeedsResult ? _links[at + 1].Result : null);
            if (_links[at].RunsRegardless && canFail)
            {
                (before, regardless, canFail) = (Guarded(before, regardless), then, _links[at].CanFail);
                continue;
            }

            (regardless.Count > 0 ? regardless : before).AddRange(then);
            canFail |= _links[at].CanFail;
        }

        return (before, regardless);
    }

    private List<StatementSyntax> Guarded(List<StatementSyntax> before, List<StatementSyntax> regardless)
    {
        if (regardless.Count == 0)
        {
            return before;
        }

        var guard = (TryStatementSyntax)new Written(_site, _call).Statement("try { } finally { }");
        return [guard.WithBlock(guard.Block.WithStatements([.. before])).WithFinally(guard.Finally!.WithBlock(guard.Finally.Block.WithStatements([.. regardless])))]; // as written
    }

    private string Name => _task is InvocationExpressionSyntax { Expression: var called } && _site.Model.GetSymbolInfo(called).Symbol is IMethodSymbol { ContainingType.Name: not ("Task" or "TaskFactory") } method
        ? TaskNames.Of(method.Name)
        : TaskNames.Around(_call);
}
