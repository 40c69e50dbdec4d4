using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>One <c>ContinueWith</c> of a chain, as the statements that follow what it continues.</summary>
internal sealed class ContinuationLink
{
    private readonly FixSite _site;
    private readonly InvocationExpressionSyntax _call;
    private readonly ContinuationLambda _continuation;
    private readonly ContinuationReads? _reads;
    private readonly int _place;

    private ContinuationLink(FixSite site, InvocationExpressionSyntax call, ContinuationLambda continuation, ContinuationReads? reads, int place) =>
        (_site, _call, _continuation, _reads, _place) = (site, call, continuation, reads, place);

    /// <summary>Whether it runs whatever became of what it follows.</summary>
    public bool RunsRegardless { get; private init; }

    /// <summary>Whether its own error would be the next one's.</summary>
    public bool CanFail { get; private init; }

    /// <summary>Whether it says that it runs on the pool.</summary>
    public bool OnPool => _continuation.OnPool;

    /// <summary>Whether it asks for what the task before it gave.</summary>
    public bool NeedsResult => _reads is { Results.Count: > 0 };

    /// <summary>Whether it asks for more of that task.</summary>
    public bool NeedsTask => _reads is not { Tasks.Count: 0 };

    /// <summary>What the task before it gave.</summary>
    public string Result => _place == 0 ? NewName("result", "outcome", "awaited") : NewName($"result{_place + 1}", $"outcome{_place + 1}", $"awaited{_place + 1}");

    /// <summary>The task before it.</summary>
    public string Task => NewName("task", "work", "running");

    /// <summary>The link that a call is; <see langword="null"/> where its delegate returns early, or something else says when or where it runs.</summary>
    public static ContinuationLink? Of(FixSite site, InvocationExpressionSyntax call, IInvocationOperation continuation, int place, CancellationToken cancel)
    {
        var sight = site.Facts.Continuations.SightOf(continuation, cancel);
        if (ContinuationLambda.In(continuation, site.Model) is not { } then || (sight == FaultSight.Hidden && !Continuations.RunsAfterCancellation(continuation, cancel)))
        {
            return null;
        }

        var reads = then.Work is AnonymousFunctionExpressionSyntax lambda ? ContinuationReads.In(lambda, site.Model, cancel) : null;
        return then.Work is AnonymousFunctionExpressionSyntax && reads is null ? null : new(site, call, then, reads, place)
        {
            RunsRegardless = sight == FaultSight.Hidden,
            CanFail = Continuations.WorkOf(continuation) is not { } work || site.Facts.DelegateErrors.Of(work, cancel) is not null,
        };
    }

    /// <summary>Whether another one may follow it: it is done when the task is that it makes, and takes and gives no more than an <c>await</c> can.</summary>
    public bool MayBeFollowed(ContinuationLink next, bool isUnwrapped) =>
        _continuation.Token is null && !next.NeedsTask && (isUnwrapped || !MakesTask) && (!next.NeedsResult || _continuation.Work is not AnonymousFunctionExpressionSyntax { Block: not null });

    public IEnumerable<KeyValuePair<SyntaxNode, SyntaxNode>> Replaced =>
        Named(_reads?.Results, Result).Concat(Named(_reads?.Tasks, Task)).Concat(Named(_reads?.States, State));

    /// <summary>What is had before the first task is awaited.</summary>
    public IEnumerable<StatementSyntax> Before() => _continuation.State is { } state && _reads is not { States.Count: 0 }
        ? [Local(IsNullable ? "object?" : "object", State, state.WithoutTrivia())]
        : [];

    /// <summary>What it does.</summary>
    /// <param name="rewrite">From its code as it is.</param>
    /// <param name="keep">The local for what it gives, if the next one asks for that.</param>
    public List<StatementSyntax> Statements(Func<SyntaxNode, SyntaxNode> rewrite, string? keep)
    {
        List<StatementSyntax> then = _continuation.Work switch
        {
            AnonymousFunctionExpressionSyntax { Block: { } block } => [.. block.Statements.Select(each => ((StatementSyntax)rewrite(each)).WithAdditionalAnnotations(Formatter.Annotation))],
            AnonymousFunctionExpressionSyntax { ExpressionBody: { } only, AsyncKeyword.RawKind: var isAsync } => [Made(((ExpressionSyntax)rewrite(only)).WithoutTrivia(), isAsync == 0 ? _site.Model.GetTypeInfo(only).Type : null, keep)],
            var method => [Made(InvocationExpression(method.WithoutTrivia(), ArgumentList(SeparatedList(Given()))), (_site.Model.GetSymbolInfo(method).Symbol as IMethodSymbol)?.ReturnType, keep)],
        };
        return _continuation.Token is { } token
            ? [IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParseExpression(token + ".IsCancellationRequested")), LongBlock.Of(_call, then)).WithAdditionalAnnotations(Formatter.Annotation)]
            : then;
    }

    public static LocalDeclarationStatementSyntax Local(string type, string name, ExpressionSyntax value) =>
        LocalDeclarationStatement(VariableDeclaration(ParseTypeName(type), [VariableDeclarator(Identifier(name), null, EqualsValueClause(value))]));

    private bool MakesTask => _continuation.Work switch
    {
        AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } => true,
        AnonymousFunctionExpressionSyntax { ExpressionBody: { } only } => _site.Facts.Awaitables.IsAwaitable(_site.Model.GetTypeInfo(only).Type),
        var method => _site.Facts.Awaitables.IsAwaitable((_site.Model.GetSymbolInfo(method).Symbol as IMethodSymbol)?.ReturnType),
    };

    private bool IsNullable => _site.Model.GetNullableContext(_call.SpanStart).AnnotationsEnabled();

    private string State => _reads?.StateName is { } own && !IsTaken(own) ? own : NewName("state", "given", "handed");

    private string NewName(params string[] names) => FreeName.For(_site, _call.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)_call, names);

    // Outside of the lambda that it is a parameter of.
    private bool IsTaken(string name) => (_call.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)_call).DescendantTokens()
        .Any(each => each.IsKind(SyntaxKind.IdentifierToken) && each.ValueText == name && !_continuation.Work.Span.Contains(each.Span));

    private static IEnumerable<KeyValuePair<SyntaxNode, SyntaxNode>> Named(IEnumerable<SyntaxNode>? reads, string name) =>
        (reads ?? []).Select(each => new KeyValuePair<SyntaxNode, SyntaxNode>(each, IdentifierName(name).WithTriviaFrom(each)));

    private IEnumerable<ArgumentSyntax> Given()
    {
        yield return Argument(IdentifierName(Task));
        if (_continuation.State is not null)
        {
            yield return Argument(IdentifierName(State));
        }
    }

    private StatementSyntax Made(ExpressionSyntax work, ITypeSymbol? type, string? keep)
    {
        var made = _site.Facts.Awaitables.IsAwaitable(type) ? Awaits.InPlaceOf(work, work) : work;
        return keep is null ? ExpressionStatement(made) : Local("var", keep, made);
    }
}
