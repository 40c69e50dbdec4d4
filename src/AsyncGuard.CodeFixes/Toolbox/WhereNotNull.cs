using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How is a task awaited that may be missing (<c>task?.Result</c>, <c>store?.SaveAsync().Wait()</c>)?</summary>
/// <param name="Place">What is replaced: the access, or its statement.</param>
/// <param name="Rewrite">By what, whatever has changed within it.</param>
internal sealed record WhereNotNull(SyntaxNode Place, Func<SyntaxNode, SyntaxNode> Rewrite)
{
    /// <param name="waiting">What goes on from the question mark and is awaited now; where more follows it, no <c>await</c> says the same.</param>
    /// <param name="result">What the wait gives; <see langword="null"/> for nothing.</param>
    /// <param name="model">Of the code as it is.</param>
    /// <param name="task">From what waits, in whatever state, to the task.</param>
    public static WhereNotNull? At(ExpressionSyntax waiting, ITypeSymbol? result, SemanticModel model, Func<ExpressionSyntax, ExpressionSyntax?> task)
    {
        if (waiting.Parent is not ConditionalAccessExpressionSyntax access || access.WhenNotNull != waiting)
        {
            return null;
        }

        var whole = access;
        while (whole.Parent is ConditionalAccessExpressionSyntax outer)
        {
            whole = outer;
        }

        // Read twice, it must be the same both times.
        var isStable = whole.DescendantNodesAndSelf().OfType<ConditionalAccessExpressionSyntax>().TakeWhile(each => each.Span.Contains(access.Span)).All(each => IsStable(each.Expression));
        return whole.Parent switch
        {
            ExpressionStatementSyntax statement when isStable && task(Bound(whole)) is not null =>
                new(statement, now => IfPresent(statement, (ConditionalAccessExpressionSyntax)((ExpressionStatementSyntax)now).Expression, task)),
            ExpressionStatementSyntax => OrCompleted(whole, access, model, task),
            ArrowExpressionClauseSyntax or LambdaExpressionSyntax when result is null => OrCompleted(whole, access, model, task),
            _ when result is not null && isStable && task(Bound(whole)) is not null => new(whole, now => OrNull(whole, (ConditionalAccessExpressionSyntax)now, result, model, task)),
            _ => null,
        };
    }

    /// <summary>There may be no task, and nothing cannot be awaited: what gives it, or one that is complete.</summary>
    public static BinaryExpressionSyntax OrCompleted(ExpressionSyntax maybe, bool isValueTask) => BinaryExpression(SyntaxKind.CoalesceExpression, maybe.WithoutTrivia(), isValueTask
        ? LiteralExpression(SyntaxKind.DefaultLiteralExpression)
        : ParseExpression("global::System.Threading.Tasks.Task.CompletedTask").WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation));

    /// <summary>The access in which the last step is made.</summary>
    public static ConditionalAccessExpressionSyntax Innermost(ConditionalAccessExpressionSyntax whole) => whole.WhenNotNull is ConditionalAccessExpressionSyntax inner ? Innermost(inner) : whole;

    private static bool IsStable(ExpressionSyntax task) => task switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or MemberBindingExpressionSyntax => true,
        MemberAccessExpressionSyntax member => IsStable(member.Expression),
        _ => false,
    };

    // a?.B before the last question mark.
    private static string Tested(ConditionalAccessExpressionSyntax whole) => whole.WithoutTrivia().ToString().Substring(0, Innermost(whole).OperatorToken.SpanStart - whole.SpanStart).TrimEnd();

    // a.B.SaveAsync() for a?.B?.SaveAsync()
    private static ExpressionSyntax Bound(ConditionalAccessExpressionSyntax whole)
    {
        var receiver = ParseExpression(Tested(whole).Replace("?", ""));
        var waiting = Innermost(whole).WhenNotNull;
        return waiting.DescendantNodesAndSelf().FirstOrDefault(each => each is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax) switch
        {
            MemberBindingExpressionSyntax member => waiting.ReplaceNode(member, MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, member.Name)),
            ElementBindingExpressionSyntax element => waiting.ReplaceNode(element, ElementAccessExpression(receiver, element.ArgumentList)),
            _ => waiting,
        };
    }

    private static StatementSyntax IfPresent(ExpressionStatementSyntax statement, ConditionalAccessExpressionSyntax now, Func<ExpressionSyntax, ExpressionSyntax?> task) => task(Bound(now)) is { } bound
        ? IfStatement(ParseExpression($"{Tested(now)} != null"), LongBlock.Of(statement, [ExpressionStatement(Awaits.InPlaceOf(statement.Expression, bound).WithoutTrivia())]))
            .WithTriviaFrom(statement)
            .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)
        : statement;

    private static ExpressionSyntax OrNull(ConditionalAccessExpressionSyntax access, ConditionalAccessExpressionSyntax now, ITypeSymbol result, SemanticModel model, Func<ExpressionSyntax, ExpressionSyntax?> task)
    {
        if (task(Bound(now)) is not { } bound)
        {
            return now;
        }

        var isPlainValue = result is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T };
        var nothing = isPlainValue ? $"({result.ToMinimalDisplayString(model, access.SpanStart)}?)null" : "null";
        var choice = ((ConditionalExpressionSyntax)ParseExpression($"{Tested(now)} is null ? {nothing} : nothing")).WithWhenFalse(Awaits.InPlaceOf(access, bound).WithoutTrivia());
        return (access.Parent is ExpressionSyntax and not (AssignmentExpressionSyntax or LambdaExpressionSyntax) ? ParenthesizedExpression(choice) : (ExpressionSyntax)choice).WithTriviaFrom(access);
    }

    // The task behind the question mark, or the one before it; a bound would have to hold for both.
    private static WhereNotNull? OrCompleted(ConditionalAccessExpressionSyntax whole, ConditionalAccessExpressionSyntax access, SemanticModel model, Func<ExpressionSyntax, ExpressionSyntax?> task)
    {
        var (behind, isBefore) = (task(access.WhenNotNull), task(Bound(whole)) is { } bound && bound.ToString() == Tested(whole).Replace("?", ""));
        if (!isBefore && (behind is null || !NamesOf.IsBehindQuestionMark(behind)))
        {
            return null;
        }

        // A call that itself comes to give a task gives a Task.
        var isValueTask = behind != access.WhenNotNull && (isBefore || behind?.SyntaxTree == model.SyntaxTree) && model.GetTypeInfo(isBefore ? access.Expression : behind ?? access.Expression).Type is { Name: "ValueTask" };
        return new(whole, now =>
        {
            var inner = Innermost((ConditionalAccessExpressionSyntax)now);
            var maybe = isBefore ? now.ReplaceNode(inner, inner.Expression) : now.ReplaceNode(inner, inner.WithWhenNotNull(task(inner.WhenNotNull) ?? inner.WhenNotNull));
            return Awaits.InPlaceOf(whole, OrCompleted((ExpressionSyntax)maybe, isValueTask));
        });
    }
}
