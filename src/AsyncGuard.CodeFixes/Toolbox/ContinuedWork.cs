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
    private readonly ContinuationLambda _continuation;
    private readonly ContinuationReads? _reads;
    private readonly bool _runsRegardless;

    private ContinuedWork(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax task, ContinuationLambda continuation, ContinuationReads? reads, bool runsRegardless) =>
        (_site, _call, _task, _continuation, _reads, _runsRegardless) = (site, call, task, continuation, reads, runsRegardless);

    /// <summary><see langword="null"/> where the delegate needs a state or a scheduler, returns early, or follows another continuation.</summary>
    public static ContinuedWork? Of(FixSite site, ExpressionSyntax work, CancellationToken cancel)
    {
        if (work is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContinueWith", Expression: var task } } call
            || site.Model.GetOperation(call, cancel) is not IInvocationOperation continuation
            || !site.Facts.Continuations.IsContinuation(continuation)
            || continuation.Instance?.Bare() is IInvocationOperation before && site.Facts.Continuations.IsContinuation(before)
            || ContinuationLambda.In(continuation, site.Model) is not { } then)
        {
            return null;
        }

        // What ran whatever had happened still does; what could not have run after a fault need not.
        var canFail = continuation.Instance?.Bare() is { } first && (first is not IInvocationOperation || site.Facts.LostErrors.Of(first, cancel) is not null);
        var runsRegardless = canFail && site.Facts.Continuations.SightOf(continuation, cancel) == FaultSight.Hidden;
        return then.Work is not AnonymousFunctionExpressionSyntax lambda ? new(site, call, task, then, null, runsRegardless)
            : ContinuationReads.In(lambda, site.Model, cancel) is { } reads ? new(site, call, task, then, reads, runsRegardless)
            : null;
    }

    /// <summary>In the function itself: the error goes to the log.</summary>
    public IReadOnlyList<StatementSyntax> Awaited()
    {
        var code = new Written(_site, _call);
        var error = FreeName.For(_site, _call.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)_call, "ex", "error", "failure");
        var log = OwnLogger.Log(_site, _call, error, TaskNames.Around(_call) + " failed") ?? OwnLogger.LogToConsole(_site, _call, error);
        var guard = (TryStatementSyntax)code.Statement(_runsRegardless ? $"try {{ }} catch ({code.Exception} {error}) {{ }} finally {{ }}" : $"try {{ }} catch ({code.Exception} {error}) {{ }}");
        var after = Continued(each => each.ReplaceNodes(Replaced.Keys.Where(each.Contains), (old, _) => Replaced[old]));
        guard = guard.WithCatches([guard.Catches[0].WithBlock(guard.Catches[0].Block.WithStatements([log]))]);
        return _runsRegardless && guard.Finally is { } end
            ? [.. Start(_task), guard.WithBlock(guard.Block.WithStatements([Wait(_task)])).WithFinally(end.WithBlock(end.Block.WithStatements([.. after])))]
            : [guard.WithBlock(guard.Block.WithStatements([.. Start(_task), Wait(_task), .. after]))];
    }

    /// <summary><c>S.Run("Foo", async ct => …)</c>: the supervisor sees the error.</summary>
    public ExpressionSyntax Supervised(ExpressionSyntax supervisor)
    {
        var tokens = new SupervisedTokens(_site.Model, SupervisedRun.TokenName(_site.Model, _call.SpanStart), Replaced);
        var task = (ExpressionSyntax)tokens.Visit(_task)!; // a rewriter that removes nothing
        var wait = Wait(task);
        var after = Continued(each => tokens.Visit(each) ?? each);
        if (_runsRegardless)
        {
            var guard = (TryStatementSyntax)new Written(_site, _call).Statement("try { } finally { }");
            after = [guard.WithBlock(guard.Block.WithStatements([wait])).WithFinally(guard.Finally!.WithBlock(guard.Finally.Block.WithStatements([.. after])))]; // as written
        }
        else
        {
            after.Insert(0, wait);
        }

        after.InsertRange(0, Start(task));
        var block = LongBlock.Of(_call, after);
        var lambda = SimpleLambdaExpression(Parameter(Identifier(tokens.ParameterFor(block))), block).WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, IdentifierName("Run")),
            ArgumentList(SeparatedList([Argument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(Name))), Argument(lambda)])))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private string Result => NewName("result", "outcome", "awaited");

    private string Task => NewName("task", "work", "running");

    private string NewName(params string[] names) => FreeName.For(_site, _call.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)_call, names);

    private bool NeedsTask => _reads is not { Tasks.Count: 0 };

    private IReadOnlyDictionary<SyntaxNode, SyntaxNode> Replaced => (_reads?.Results ?? []).Select(each => (Old: each, Name: Result)).Concat((_reads?.Tasks ?? []).Select(each => (Old: each, Name: Task)))
        .ToDictionary(each => each.Old, each => (SyntaxNode)IdentifierName(each.Name).WithTriviaFrom(each.Old));

    // The task itself, where more of it is asked than what it gives.
    private IEnumerable<StatementSyntax> Start(ExpressionSyntax task) => NeedsTask ? [Local(Task, task.WithoutTrivia())] : [];

    private StatementSyntax Wait(ExpressionSyntax task)
    {
        var alone = NeedsTask ? IdentifierName(Task) : task.WithoutTrivia();
        var wait = Awaits.InPlaceOf(alone, alone);
        return _reads is { Results.Count: > 0 } ? Local(Result, wait) : ExpressionStatement(wait);
    }

    private static LocalDeclarationStatementSyntax Local(string name, ExpressionSyntax value) =>
        LocalDeclarationStatement(VariableDeclaration(IdentifierName("var"), [VariableDeclarator(Identifier(name), null, EqualsValueClause(value))]));

    private List<StatementSyntax> Continued(Func<SyntaxNode, SyntaxNode> rewrite)
    {
        var then = Then(rewrite);
        return _continuation.Token is { } token
            ? [IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParseExpression(token + ".IsCancellationRequested")), LongBlock.Of(_call, then)).WithAdditionalAnnotations(Formatter.Annotation)]
            : then;
    }

    private List<StatementSyntax> Then(Func<SyntaxNode, SyntaxNode> rewrite) => _continuation.Work switch
    {
        AnonymousFunctionExpressionSyntax { Block: { } block } => [.. block.Statements.Select(each => ((StatementSyntax)rewrite(each)).WithAdditionalAnnotations(Formatter.Annotation))],
        AnonymousFunctionExpressionSyntax { ExpressionBody: { } only, AsyncKeyword.RawKind: var isAsync } => [Made(((ExpressionSyntax)rewrite(only)).WithoutTrivia(), isAsync == 0 ? _site.Model.GetTypeInfo(only).Type : null)],
        var method => [Made(InvocationExpression(method.WithoutTrivia(), ArgumentList([Argument(IdentifierName(Task))])), (_site.Model.GetSymbolInfo(method).Symbol as IMethodSymbol)?.ReturnType)],
    };

    private ExpressionStatementSyntax Made(ExpressionSyntax work, ITypeSymbol? type) => ExpressionStatement(_site.Facts.Awaitables.IsAwaitable(type) ? Awaits.InPlaceOf(work, work) : work);

    private string Name => _task is InvocationExpressionSyntax { Expression: var called } && _site.Model.GetSymbolInfo(called).Symbol is IMethodSymbol { ContainingType.Name: not ("Task" or "TaskFactory") } method
        ? TaskNames.Of(method.Name)
        : TaskNames.Around(_call);
}
