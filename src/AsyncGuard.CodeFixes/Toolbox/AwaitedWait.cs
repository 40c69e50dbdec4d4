using AsyncGuard.Rules;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does a blocking wait look like when its async sibling is awaited?</summary>
internal static class AwaitedWait
{
    /// <summary>What is replaced, and by what: the <c>await</c> of its sibling, with the token that it had or the one at hand; <see langword="null"/> where it has none.</summary>
    public static (SyntaxNode Place, SyntaxNode Awaited)? Of(InvocationExpressionSyntax wait, SemanticModel model, CancellationToken cancel)
    {
        if (Called(wait, model, cancel) is not { } awaited)
        {
            return null;
        }

        if (!NamesOf.IsBehindQuestionMark(wait))
        {
            return (wait, Awaits.InPlaceOf(wait, awaited(wait)));
        }

        var result = model.GetTypeInfo(wait, cancel).Type is { SpecialType: not SpecialType.System_Void } given ? given : null;
        return WhereNotNull.At(wait, result, model, each => each is InvocationExpressionSyntax call ? awaited(call) : null) is { } maybe ? (maybe.Place, maybe.Rewrite(maybe.Place)) : null;
    }

    /// <summary>The same for a wait that stands by itself, from the call in whatever state to the call that is awaited.</summary>
    public static Func<InvocationExpressionSyntax, InvocationExpressionSyntax>? At(InvocationExpressionSyntax wait, SemanticModel model, CancellationToken cancel) =>
        wait.Expression is MemberAccessExpressionSyntax && !NamesOf.IsBehindQuestionMark(wait) ? Called(wait, model, cancel) : null;

    private static Func<InvocationExpressionSyntax, InvocationExpressionSyntax>? Called(InvocationExpressionSyntax wait, SemanticModel model, CancellationToken cancel)
    {
        var types = CompilationFacts.Of(model.Compilation).Types;
        if (model.GetOperation(wait, cancel) is not IInvocationOperation call
            || BlockingWaits.Of(call, types) is not { Sibling: { } sibling })
        {
            return null;
        }

        var token = HasToken(call, types) || LeavesDebts(wait) ? null : CancellationTokens.BestAt(wait, model, cancel);
        return now => now.Expression switch
        {
            MemberAccessExpressionSyntax access => Sibling(access.WithName(IdentifierName(sibling)), now),
            MemberBindingExpressionSyntax binding => Sibling(binding.WithName(IdentifierName(sibling)), now),
            _ => now,
        };

        InvocationExpressionSyntax Sibling(ExpressionSyntax called, InvocationExpressionSyntax now) =>
            InvocationExpression(called, token is null ? now.ArgumentList : now.ArgumentList.AddArguments(TokenArgument(token, now.ArgumentList)));
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
