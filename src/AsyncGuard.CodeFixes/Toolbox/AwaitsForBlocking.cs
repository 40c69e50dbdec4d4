using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Puts awaits in the place of what blocks, once the function around may await.</summary>
internal sealed class AwaitsForBlocking(SyntaxEdits edits, CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>All that blocks in a function and that an <c>await</c> may stand for; <see langword="false"/> where there is none of the same meaning.</summary>
    public bool TakeOverAll(SyntaxNode function) => Within(function).All(each => CallAt(each) is not { } call || TakeOver(each) || call.Form == BlockingForm.Wrapper);

    /// <summary>The same as far as it goes, but for what stands within places that change otherwise.</summary>
    public void TakeOverBeside(IReadOnlyCollection<SyntaxNode> places, SyntaxNode function)
    {
        foreach (var each in Within(function).Where(each => !places.Any(place => place.Contains(each)) && CallAt(each) is { Form: not BlockingForm.Wrapper }))
        {
            TakeOver(each);
        }
    }

    /// <summary>One expression that blocks.</summary>
    public bool TakeOver(SyntaxNode blocking)
    {
        if (BecomesAsync(blocking) || AwaitInstead.At(blocking, facts.Bodies.ModelOf(blocking.SyntaxTree), cancel) is not { } awaits)
        {
            return false;
        }

        var isConfigured = ConfiguredAwaits.AreUsual(blocking.SyntaxTree.GetRoot(cancel));
        foreach (var node in awaits.Nodes)
        {
            edits.Set(node, (old, now) => Marked(awaits.Replace(old, now), isConfigured));
        }

        return true;
    }

    /// <summary>A call that returns a task from now on; <see langword="false"/> where it may not be made at all and more depends on that.</summary>
    public bool Await(InvocationExpressionSyntax call)
    {
        var isConfigured = ConfiguredAwaits.AreUsual(call.SyntaxTree.GetRoot(cancel));
        if (!NamesOf.IsBehindQuestionMark(call))
        {
            edits.Add(call, (old, now) => Marked(Awaits.InPlaceOf((ExpressionSyntax)old, (ExpressionSyntax)now), isConfigured));
            return true;
        }

        var model = facts.Bodies.ModelOf(call.SyntaxTree);
        var result = model.GetOperation(call, cancel)?.Type is { SpecialType: not SpecialType.System_Void } given ? given : null;
        if (WhereNotNull.At(call, result, model, each => each) is not { } awaits)
        {
            return false;
        }

        edits.Add(awaits.Place, (_, now) => Marked(awaits.Rewrite(now), isConfigured));
        return true;
    }

    /// <summary>A new await, the outermost, with the mark of those and configured as others are.</summary>
    public static SyntaxNode Marked(SyntaxNode replaced, bool isConfigured)
    {
        if (replaced.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().FirstOrDefault() is not { } await)
        {
            return replaced;
        }

        var task = await.Expression switch
        {
            AwaitExpressionSyntax inner => ((ExpressionSyntax)Marked(inner, isConfigured)).WithAdditionalAnnotations(AsyncChange.Awaited),
            ParenthesizedExpressionSyntax { Expression: BinaryExpressionSyntax { Left: ConditionalAccessExpressionSyntax maybe } } whole when WhereNotNull.Innermost(maybe).WhenNotNull is var call =>
                whole.ReplaceNode(call, call.WithAdditionalAnnotations(AsyncChange.Awaited)),
            var plain => plain.WithAdditionalAnnotations(AsyncChange.Awaited),
        };
        return replaced.ReplaceNode(await, await.WithExpression(isConfigured ? ConfiguredAwaits.Of(task) : task));
    }

    /// <summary>A blocking expression in each function of the same type that this one calls: an async one must not come to be blocked by it.</summary>
    public List<ExpressionSyntax> BlockingCallees(AsyncRewriting function) =>
        Within(function.Function).OfType<InvocationExpressionSyntax>()
            .Select(each => facts.Bodies.ModelOf(each.SyntaxTree).GetSymbolInfo(each, cancel).Symbol).OfType<IMethodSymbol>()
            .Where(each => SymbolEqualityComparer.Default.Equals(each.ContainingType.OriginalDefinition, function.Symbol?.ContainingType?.OriginalDefinition) && !facts.FreeToBlock.Contains(each))
            .SelectMany(each => each.OriginalDefinition.DeclaringSyntaxReferences).Select(each => FirstIn(each.GetSyntax(cancel))).OfType<ExpressionSyntax>().ToList();

    private ExpressionSyntax? FirstIn(SyntaxNode function) => Within(function).FirstOrDefault(each => CallAt(each) is { Form: not BlockingForm.Wrapper });

    private static IEnumerable<ExpressionSyntax> Within(SyntaxNode function) =>
        function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ExpressionSyntax>()
            .Where(each => each is InvocationExpressionSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax && AwaitPlaces.FunctionAround(each) == function);

    // A function that takes a task, not one that runs what it is given, is made async itself and awaited.
    private bool BecomesAsync(SyntaxNode blocking) =>
        blocking.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && CallAt(call) is { Form: BlockingForm.Wrapper, Inside: not null, Task: var given }
        && given?.Bare() is not (IAnonymousFunctionOperation or IMethodReferenceOperation or IDelegateCreationOperation);

    private BlockingCall? CallAt(ExpressionSyntax expression) =>
        facts.Bodies.ModelOf(expression.SyntaxTree).GetOperation(expression, cancel) is { } operation && operation.Syntax == expression
        && facts.Blocking.At(operation, cancel) is { } call && facts.Blocking.Holds(call) ? call : null;
}
