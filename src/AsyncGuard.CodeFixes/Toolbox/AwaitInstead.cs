using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does a blocking read or call become where an <c>await</c> may stand?</summary>
/// <remarks>Decided once, on the code as it is; <see cref="Replace"/> then works on what other changes have left of it.</remarks>
internal sealed class AwaitInstead
{
    private readonly Func<SyntaxNode, SyntaxNode> _rewrite;
    private readonly SplitAwaiter? _awaiter;

    private AwaitInstead(SyntaxNode place, Func<SyntaxNode, SyntaxNode> rewrite, SplitAwaiter? awaiter = null) => (Place, _rewrite, _awaiter) = (place, rewrite, awaiter);

    /// <summary>The blocking expression, or the statement that it is all of.</summary>
    public SyntaxNode Place { get; }

    /// <summary>Everything that changes.</summary>
    public IReadOnlyList<SyntaxNode> Nodes => _awaiter?.Nodes ?? [Place];

    public SyntaxNode Replace(SyntaxNode old, SyntaxNode now) => _awaiter?.Replace(old, now) ?? _rewrite(now);

    /// <summary>For the blocking member's name; <see langword="null"/> where no <c>await</c> says the same.</summary>
    public static AwaitInstead? At(SyntaxNode name, SemanticModel model, CancellationToken cancel = default) =>
        BlockingAt(name, model, cancel) is var (expression, blocking) ? Of(blocking, expression, model, cancel) : null;

    /// <summary>What blocks, for the name of the member that does.</summary>
    public static (ExpressionSyntax Expression, BlockingCall Call)? BlockingAt(SyntaxNode name, SemanticModel model, CancellationToken cancel) =>
        name.FirstAncestorOrSelf<ExpressionSyntax>(each => each is not SimpleNameSyntax || each.Parent is InvocationExpressionSyntax call && call.Expression == each) is { } member
        && (member.Parent is InvocationExpressionSyntax invocation && invocation.Expression == member ? invocation : member) is var expression
        && model.GetOperation(expression, cancel) is { } operation
        && CompilationFacts.Of(model.Compilation).Blocking.At(operation, cancel) is { } blocking
            ? (expression, blocking)
            : null;

    private static AwaitInstead? Of(BlockingCall blocking, ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => blocking.Form switch
    {
        _ when NamesOf.IsBehindQuestionMark(expression) => blocking.Form != BlockingForm.Wrapper
            && BoundedAwait.Of(blocking.Operation) is var bounds
            && WhereNotNull.At(expression, ResultOf(blocking), model, each => Awaited(each, bounds)) is { } maybe
                ? new(maybe.Place, maybe.Rewrite)
                : null,
        BlockingForm.Wrapper => Unwrapping.Of(blocking, expression) is { } unwrap ? InPlace(expression, unwrap) : null,
        BlockingForm.GetResult when blocking.Operation is IInvocationOperation { Instance: ILocalReferenceOperation local } => SplitAwaiter.Of(local, expression, model, cancel) is { } awaiter
            ? new(expression, now => now, awaiter)
            : null,
        _ when (HasNoValue(expression) || !MayHaveLost(blocking)) && BoundedAwait.Of(blocking.Operation) is var bound && Awaited(expression, bound) is not null => InPlace(expression, now => Awaited(now, bound)),
        _ => null,
    };

    private static AwaitInstead InPlace(ExpressionSyntax expression, Func<ExpressionSyntax, ExpressionSyntax?> awaited) =>
        new(expression, now => awaited((ExpressionSyntax)now) is { } task ? Awaits.InPlaceOf(expression, task) : now);

    private static ExpressionSyntax? Awaited(ExpressionSyntax blocking, BoundedAwait bounds) => blocking switch
    {
        MemberAccessExpressionSyntax result => result.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var task } access, ArgumentList: var arguments } => name switch
        {
            "GetResult" when task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } => inner,
            "Wait" => bounds.With(task, arguments.Arguments),
            "WaitAll" => Together(access, "WhenAll", arguments, bounds),
            "WaitAny" => Together(access, "WhenAny", arguments, bounds),
            _ => null,
        },
        _ => null,
    };

    // Task.WaitAll(tasks, timeout, token): the tasks stand before what bounds it.
    private static ExpressionSyntax Together(MemberAccessExpressionSyntax access, string name, ArgumentListSyntax arguments, BoundedAwait bounds)
    {
        var tasks = arguments.WithArguments(SeparatedList<ArgumentSyntax>(arguments.Arguments.GetWithSeparators().Take(Math.Max(0, (2 * (arguments.Arguments.Count - bounds.Arguments)) - 1))));
        return bounds.With(InvocationExpression(access.WithName(IdentifierName(name)), tasks), arguments.Arguments);
    }

    // Whether it says who won, or whether time ran out: an await does not.
    private static bool MayHaveLost(BlockingCall blocking) => blocking.Operation.Type is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 } && blocking.Form is BlockingForm.Wait or BlockingForm.WaitAll or BlockingForm.WaitAny;

    private static ITypeSymbol? ResultOf(BlockingCall blocking) => blocking is { Form: BlockingForm.Result or BlockingForm.GetResult, Operation.Type: { SpecialType: not SpecialType.System_Void } result } ? result : null;

    private static bool HasNoValue(ExpressionSyntax blocking) => blocking.Parent is ExpressionStatementSyntax or LambdaExpressionSyntax or ArrowExpressionClauseSyntax;
}
