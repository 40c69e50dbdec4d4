using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What is awaited so that it throws nothing, as what blocked did not?</summary>
internal static class SwallowingAwait
{
    /// <summary>From the task to what is awaited; <see langword="null"/> for a task with a result, which nothing can stand for.</summary>
    public static Func<ExpressionSyntax, ExpressionSyntax>? Of(ITypeSymbol? task, ExpressionSyntax place)
    {
        if (task is not INamedTypeSymbol { Name: "Task", Arity: 0 })
        {
            return null;
        }

        // Named options are all there is: without this one the code behind may run elsewhere.
        ExpressionSyntax how = ConfiguredAwaits.AreUsual(place.SyntaxTree.GetRoot())
            ? Option("SuppressThrowing")
            : BinaryExpression(SyntaxKind.BitwiseOrExpression, Option("SuppressThrowing"), Token(SyntaxKind.BarToken).WithLeadingTrivia(Space).WithTrailingTrivia(Space), Option("ContinueOnCapturedContext"));
        return each => ConfiguredAwaits.Of(each, how);
    }

    private static MemberAccessExpressionSyntax Option(string name) => MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        ParseExpression("global::System.Threading.Tasks.ConfigureAwaitOptions").WithAdditionalAnnotations(Simplifier.Annotation),
        IdentifierName(name));
}
