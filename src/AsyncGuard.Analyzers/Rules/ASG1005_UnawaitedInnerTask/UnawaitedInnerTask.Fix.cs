using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG1005: starts the work with <c>Task.Run</c>, or unwraps the task, or awaits it twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnawaitedInnerTaskFix() : RuleFix(UnawaitedInnerTaskAnalyzer.Id)
{
    internal const string Run = "Use Task.Run";
    internal const string Unwrap = "Unwrap it";
    internal const string AwaitTwice = "Await the inner task too";

    private const int AttachedToParent = 4; // TaskCreationOptions.AttachedToParent

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(each => each.Expression.Span.Contains(site.Node.Span)) is not { } syntax
            || site.Model.GetOperation(syntax) is not IInvocationOperation call)
        {
            yield break;
        }

        if (call.Type is INamedTypeSymbol { TypeArguments: [var inner] } && site.Facts.Awaitables.IsTask(inner) && Started(site, syntax, call) is { } run)
        {
            yield return new(Run, _ => site.ReplaceAsync(syntax, run));
        }

        if (site.Facts.Awaitables.IsTask(call.Type))
        {
            var unwrapped = InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, syntax.WithoutTrailingTrivia(), IdentifierName("Unwrap")));
            yield return new(Unwrap, _ => site.ReplaceAsync(syntax, unwrapped.WithTrailingTrivia(syntax.GetTrailingTrivia())));
        }
        else if (syntax.FirstAncestorOrSelf<AwaitExpressionSyntax>() is { Parent: ExpressionStatementSyntax } wait && wait.Expression == syntax)
        {
            yield return new(AwaitTwice, _ => site.ReplaceAsync(wait, AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), wait.WithoutTrivia()).WithTriviaFrom(wait)));
        }
    }

    // StartNew(work), with a token, and with what makes no difference to work that awaits.
    private static InvocationExpressionSyntax? Started(FixSite site, InvocationExpressionSyntax syntax, IInvocationOperation call)
    {
        if (call is not { TargetMethod: { Name: "StartNew", Parameters: [{ Type: INamedTypeSymbol { DelegateInvokeMethod.Parameters.IsEmpty: true } }, ..] }, Instance: IPropertyReferenceOperation { Property: { Name: "Factory", ContainingType: var type } } }
            || !SymbolEqualityComparer.Default.Equals(type, site.Facts.Types.Task)
            || syntax.Expression is not MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax factory } access)
        {
            return null;
        }

        var kept = new List<ArgumentSyntax>();
        foreach (var argument in syntax.ArgumentList.Arguments)
        {
            if (site.Model.GetOperation(argument) is not IArgumentOperation { Parameter: { } parameter, Value: var value })
            {
                return null;
            }

            switch (parameter.Type.Name)
            {
                case "TaskCreationOptions" when value.ConstantValue is { HasValue: true, Value: int options } && (options & AttachedToParent) == 0:
                case "TaskScheduler" when value.Bare() is IPropertyReferenceOperation { Property.Name: "Default" }:
                case "CancellationToken" when value.Bare() is IPropertyReferenceOperation { Property.Name: "None" } or IDefaultValueOperation:
                    break;
                case "TaskCreationOptions" or "TaskScheduler":
                    return null;
                default:
                    kept.Add(argument.WithNameColon(null));
                    break;
            }
        }

        var run = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, factory.Expression, access.OperatorToken, IdentifierName("Run"));
        return syntax.WithExpression(run).WithArgumentList(syntax.ArgumentList.WithArguments(Separated(kept, syntax.ArgumentList.Arguments)));
    }

    private static SeparatedSyntaxList<ArgumentSyntax> Separated(List<ArgumentSyntax> kept, SeparatedSyntaxList<ArgumentSyntax> old) =>
        kept.Count == old.Count ? old : SeparatedList(kept.Select(each => each.WithTrailingTrivia()), Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), kept.Count - 1));
}
