using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What is awaited in the place of an expression that blocks?</summary>
internal static class AwaitForms
{
    /// <summary>The awaitable; <see langword="null"/> where there is none that means the same.</summary>
    /// <param name="blocking">The blocking expression, perhaps with changes in it.</param>
    /// <param name="isStatement">Whether nobody uses its value.</param>
    public static ExpressionSyntax? Of(SyntaxNode blocking, BlockingForm form, bool isStatement) => (form, blocking) switch
    {
        (BlockingForm.Result, MemberAccessExpressionSyntax result) => result.Expression,
        (BlockingForm.GetResult, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var task } } } }) => task,
        (BlockingForm.Wait, InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: var task } }) => task,
        (BlockingForm.Wait, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } wait) when isStatement => Renamed(wait, access, "WaitAsync"),
        (BlockingForm.WaitAll, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } wait) when isStatement => Renamed(wait, access, "WhenAll"),
        (BlockingForm.WaitAny, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } wait) when isStatement => Renamed(wait, access, "WhenAny"),
        (BlockingForm.Wrapper, InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LambdaExpressionSyntax { ExpressionBody: { } body } lambda }] }) when lambda is not SimpleLambdaExpressionSyntax =>
            body is AwaitExpressionSyntax { Expression: var inner } ? inner : body,
        _ => null,
    };

    /// <summary>Awaits it where the other stood, in the way of the code around.</summary>
    public static ExpressionSyntax Awaited(ExpressionSyntax old, ExpressionSyntax task, bool isConfigured) => Awaits.InPlaceOf(old, isConfigured && !IsConfigured(task) ? Configured(task) : task);

    /// <summary>Whether most of a document's awaits say <c>ConfigureAwait(false)</c>.</summary>
    public static bool AreConfigured(SyntaxNode root)
    {
        var awaits = root.DescendantNodes().OfType<AwaitExpressionSyntax>().ToLookup(each => IsConfigured(each.Expression));
        return awaits[true].Count() > awaits[false].Count();
    }

    private static bool IsConfigured(ExpressionSyntax task) => task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } };

    private static InvocationExpressionSyntax Configured(ExpressionSyntax task)
    {
        var receiver = task is InvocationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? task : ParenthesizedExpression(task);
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrivia(), IdentifierName("ConfigureAwait")),
            ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.FalseLiteralExpression)))));
    }


    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax wait, MemberAccessExpressionSyntax access, string name) => wait.WithExpression(access.WithName(IdentifierName(name)));
}
