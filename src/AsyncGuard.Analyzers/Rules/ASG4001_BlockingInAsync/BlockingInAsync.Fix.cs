using AsyncGuard.Fixing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG4001: awaits what was blocked on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingInAsyncFix() : RuleFix(BlockingInAsyncAnalyzer.Id)
{
    private const string Title = "Await the task";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (Blocking(site.Node) is { } blocking && Awaited(blocking) is { } awaitable)
        {
            yield return new(Title, _ => site.ReplaceAsync(blocking, Awaits.InPlaceOf(blocking, awaitable)));
        }
    }

    private static ExpressionSyntax? Blocking(SyntaxNode name) => name.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() switch
    {
        { Parent: InvocationExpressionSyntax call, Name.Identifier.ValueText: "Wait" or "GetResult" or "WaitAll" or "WaitAny" } access when call.Expression == access => call,
        { Name.Identifier.ValueText: "Result" } access => access,
        _ => null,
    };

    private static ExpressionSyntax? Awaited(ExpressionSyntax blocking) => blocking switch
    {
        MemberAccessExpressionSyntax result => result.Expression,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Expression: var task } access, ArgumentList: var arguments } => name switch
        {
            "GetResult" when task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } } => inner,
            "Wait" when arguments.Arguments.Count == 0 => task,
            "Wait" when IsStatement(blocking) => Renamed(access, "WaitAsync", arguments),
            "WaitAll" when IsStatement(blocking) => Renamed(access, "WhenAll", arguments),
            "WaitAny" when IsStatement(blocking) => Renamed(access, "WhenAny", arguments),
            _ => null,
        },
        _ => null,
    };

    private static bool IsStatement(ExpressionSyntax blocking) => blocking.Parent is ExpressionStatementSyntax;

    private static InvocationExpressionSyntax Renamed(MemberAccessExpressionSyntax access, string name, ArgumentListSyntax arguments) =>
        InvocationExpression(access.WithName(IdentifierName(name)), arguments);
}
