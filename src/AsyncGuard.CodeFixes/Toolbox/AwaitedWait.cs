using AsyncGuard.Rules;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does a blocking wait look like when its async sibling is awaited?</summary>
internal static class AwaitedWait
{
    /// <summary>The <c>await</c> in its place, with the token that it had or the one at hand; <see langword="null"/> where it has no sibling.</summary>
    public static ExpressionSyntax? Of(FixSite site, InvocationExpressionSyntax wait, CancellationToken cancel) => At(wait, site.Model, cancel) is { } awaited ? Awaits.InPlaceOf(wait, awaited(wait)) : null;

    /// <summary>From the call, in whatever state, to the call that is awaited.</summary>
    public static Func<InvocationExpressionSyntax, InvocationExpressionSyntax>? At(InvocationExpressionSyntax wait, SemanticModel model, CancellationToken cancel)
    {
        var types = CompilationFacts.Of(model.Compilation).Types;
        if (wait.Expression is not MemberAccessExpressionSyntax
            || model.GetOperation(wait, cancel) is not IInvocationOperation call
            || BlockingWaits.Of(call, types) is not { Sibling: { } sibling })
        {
            return null;
        }

        var token = HasToken(call, types) || LeavesDebts(wait) ? null : CancellationTokens.BestAt(wait, model, cancel);
        return now => now.Expression is MemberAccessExpressionSyntax access
            ? InvocationExpression(access.WithName(IdentifierName(sibling)), token is null ? now.ArgumentList : now.ArgumentList.AddArguments(TokenArgument(token, now.ArgumentList)))
            : now;
    }

    private static bool HasToken(IInvocationOperation call, KnownTypes types) =>
        call.TargetMethod.Parameters.Any(each => SymbolEqualityComparer.Default.Equals(each.Type, types.CancellationToken));

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
