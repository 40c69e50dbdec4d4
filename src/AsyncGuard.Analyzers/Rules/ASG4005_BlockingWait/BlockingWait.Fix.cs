using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG4005: awaits the sibling of the blocking wait, with the token at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingWaitFix() : RuleFix(BlockingWaitAnalyzer.Id)
{
    private const string Title = "Await the async wait";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: MemberAccessExpressionSyntax access } wait
            && site.Model.GetOperation(wait) is IInvocationOperation call
            && BlockingWaits.Of(call, site.Facts.Types) is { Sibling: { } sibling })
        {
            yield return new(Title, cancel =>
            {
                var arguments = HasToken(call, site) || LeavesDebts(wait) || CancellationTokens.BestAt(wait, site.Model, cancel) is not { } token
                    ? wait.ArgumentList
                    : wait.ArgumentList.AddArguments(TokenArgument(token, wait.ArgumentList));
                var awaited = InvocationExpression(access.WithName(IdentifierName(sibling)), arguments);
                return site.ReplaceAsync(wait, Awaits.InPlaceOf(wait, awaited));
            });
        }
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
