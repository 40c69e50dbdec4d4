using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>What does a blocking wait look like when its async sibling is awaited?</summary>
internal static class AwaitedWait
{
    /// <summary>The <c>await</c> in its place, with the token that it had or the one at hand; <see langword="null"/> where it has no sibling.</summary>
    public static ExpressionSyntax? Of(FixSite site, InvocationExpressionSyntax wait, CancellationToken cancel)
    {
        if (wait.Expression is not MemberAccessExpressionSyntax access
            || site.Model.GetOperation(wait, cancel) is not IInvocationOperation call
            || BlockingWaits.Of(call, site.Facts.Types) is not { Sibling: { } sibling })
        {
            return null;
        }

        var arguments = HasToken(call, site) || LeavesDebts(wait) || CancellationTokens.BestAt(wait, site.Model, cancel) is not { } token
            ? wait.ArgumentList
            : wait.ArgumentList.AddArguments(TokenArgument(token, wait.ArgumentList));
        return Awaits.InPlaceOf(wait, InvocationExpression(access.WithName(IdentifierName(sibling)), arguments));
    }

    private static bool HasToken(IInvocationOperation call, FixSite site) =>
        call.TargetMethod.Parameters.Any(each => SymbolEqualityComparer.Default.Equals(each.Type, site.Facts.Types.CancellationToken));

    private static ArgumentSyntax TokenArgument(TokenInScope token, ArgumentListSyntax others)
    {
        var argument = Argument(ParseExpression(token.Expression));
        return others.Arguments.Any(each => each.NameColon is not null) ? argument.WithNameColon(NameColon("cancellationToken")) : argument;
    }

    // A wait that is cancelled must not reach a 'finally' that releases what was not got; and a clean-up runs whatever happened.
    private static bool LeavesDebts(SyntaxNode wait)
    {
        for (var (inner, outer) = (wait, wait.Parent); outer is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); (inner, outer) = (outer, outer.Parent))
        {
            if (outer is FinallyClauseSyntax or CatchClauseSyntax
                || (outer is TryStatementSyntax { Finally: { } last } guard && guard.Block == inner && last.DescendantNodes().OfType<SimpleNameSyntax>().Any(each => each.Identifier.ValueText == "Release")))
            {
                return true;
            }
        }

        return false;
    }
}
