using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG4009: rewrites the loop to <c>await Parallel.ForEachAsync</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingInParallelLoopFix() : RuleFix(BlockingInParallelLoopAnalyzer.Id)
{
    private const string Title = "Await Parallel.ForEachAsync";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        // A function whose callers would have to follow is not made async here: they would drop its task.
        if (LoopAround(site) is { } loop && loop.Parent is ExpressionStatementSyntax && AsyncRewriting.At(loop, site.Model) is { ChangesSignature: false } function
            && site.Model.GetOperation(loop) is IInvocationOperation call && Awaiting(loop, call, site) is { } awaited)
        {
            yield return new(Title, _ => site.ReplaceAsync(function.Function, function.With(loop, Awaits.InPlaceOf(loop, awaited))));
        }
    }

    private static InvocationExpressionSyntax? LoopAround(FixSite site)
    {
        foreach (var call in site.Node.Ancestors().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "For" or "ForEach" or "ForAll" or "Invoke" } && !call.Expression.Contains(site.Node)
                && site.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Parallel" or "ParallelEnumerable" } })
            {
                return call;
            }
        }

        return null;
    }

    private static InvocationExpressionSyntax? Awaiting(InvocationExpressionSyntax loop, IInvocationOperation call, FixSite site)
    {
        var access = (MemberAccessExpressionSyntax)loop.Expression;
        var arguments = loop.ArgumentList.Arguments;
        return (call.TargetMethod.Name, arguments.Count) switch
        {
            ("ForEach" or "For", 2 or 3 or 4) when TakesTheItemAlone(call) && AsyncLoopBody.Of(arguments[arguments.Count - 1].Expression, site) is { } body =>
                loop.WithExpression(access.WithName(IdentifierName(call.TargetMethod.Name + "Async")))
                    .WithArgumentList(loop.ArgumentList.ReplaceNode(arguments[arguments.Count - 1], Argument(body).WithTriviaFrom(arguments[arguments.Count - 1]))),
            ("ForAll", 1) when AsyncLoopBody.Of(arguments[0].Expression, site) is { } body && Sequence(access.Expression) is { } source =>
                InvocationExpression(Member("ForEachAsync"), ArgumentList(SeparatedList([Argument(source.WithoutTrivia()), Argument(body)]))),
            _ => null,
        };
    }

    // The overloads with a state of the loop or of each thread have no awaiting sibling.
    private static bool TakesTheItemAlone(IInvocationOperation call) =>
        call.TargetMethod.Parameters[call.TargetMethod.Parameters.Length - 1] is { Name: "body", Type: INamedTypeSymbol { Name: "Action", Arity: 1 } };

    // items.AsParallel(): what it is made of.
    private static ExpressionSyntax? Sequence(ExpressionSyntax query) => query is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsParallel", Expression: var source } } ? source : null;

    private static MemberAccessExpressionSyntax Member(string name) =>
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, ParseExpression("global::System.Threading.Tasks.Parallel").WithAdditionalAnnotations(Simplifier.Annotation), IdentifierName(name));
}
