using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How is a task awaited that may be missing (<c>task?.Result</c>, <c>task?.Wait()</c>)?</summary>
/// <param name="Place">What is replaced: the access, or its statement.</param>
internal sealed record WhereNotNull(SyntaxNode Place, Func<SyntaxNode, SyntaxNode> Rewrite)
{
    public static WhereNotNull? At(ExpressionSyntax blocking, BlockingCall call, SemanticModel model)
    {
        // Read twice, it must be the same both times; more behind the question mark has its own.
        if (blocking.Parent is not ConditionalAccessExpressionSyntax access || access.WhenNotNull != blocking || !IsStable(access.Expression) || access.Parent is ConditionalAccessExpressionSyntax)
        {
            return null;
        }

        if (call.Form == BlockingForm.Wait)
        {
            return call.Operation is IInvocationOperation { Arguments.IsEmpty: true } && access.Parent is ExpressionStatementSyntax statement
                ? new(statement, _ => IfPresent(statement, access.Expression))
                : null;
        }

        return call is { Form: BlockingForm.Result, Operation.Type: { } result } ? new(access, _ => OrNull(access, result, model)) : null;
    }

    private static bool IsStable(ExpressionSyntax task) => task switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax member => IsStable(member.Expression),
        _ => false,
    };

    private static IfStatementSyntax IfPresent(ExpressionStatementSyntax statement, ExpressionSyntax task) =>
        IfStatement(
            ParseExpression($"{task.WithoutTrivia()} != null"),
            Block(ExpressionStatement(ParseExpression($"await {task.WithoutTrivia()}"))))
        .WithTriviaFrom(statement)
        .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);

    private static ExpressionSyntax OrNull(ConditionalAccessExpressionSyntax access, ITypeSymbol result, SemanticModel model)
    {
        var task = access.Expression.WithoutTrivia();
        var isPlainValue = result is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T };
        var nothing = isPlainValue ? $"({result.ToMinimalDisplayString(model, access.SpanStart)}?)null" : "null";
        var choice = ParseExpression($"{task} is null ? {nothing} : await {task}");
        return (access.Parent is ExpressionSyntax and not (AssignmentExpressionSyntax or LambdaExpressionSyntax) ? ParenthesizedExpression(choice) : choice).WithTriviaFrom(access);
    }
}
