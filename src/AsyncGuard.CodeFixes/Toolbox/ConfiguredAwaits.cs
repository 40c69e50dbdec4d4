using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>Do new awaits say <c>ConfigureAwait(false)</c>? As most of the document's do.</summary>
internal static class ConfiguredAwaits
{
    public static bool AreUsual(SyntaxNode root)
    {
        var awaits = root.DescendantNodes().OfType<AwaitExpressionSyntax>().ToLookup(each => IsConfigured(each.Expression));
        return awaits[true].Count() > awaits[false].Count();
    }

    public static ExpressionSyntax Of(ExpressionSyntax task) => Of(task, LiteralExpression(SyntaxKind.FalseLiteralExpression));

    /// <summary>As the argument says.</summary>
    public static ExpressionSyntax Of(ExpressionSyntax task, ExpressionSyntax how)
    {
        if (IsConfigured(task))
        {
            return task;
        }

        var receiver = task is InvocationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? task : ParenthesizedExpression(task);
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver.WithoutTrivia(), IdentifierName("ConfigureAwait")),
            ArgumentList(SingletonSeparatedList(Argument(how))));
    }

    private static bool IsConfigured(ExpressionSyntax task) => task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } };
}
