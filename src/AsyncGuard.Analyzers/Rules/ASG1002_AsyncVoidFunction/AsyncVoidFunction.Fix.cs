using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1002: returns <c>Task</c> and lets the callers await it or run it supervised; else guards the body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFunctionFix() : RuleFix(AsyncVoidFunctionAnalyzer.Id)
{
    internal const string ReturnTask = "Return a task, for its callers to await";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<SyntaxNode>(each => each is MethodDeclarationSyntax or LocalFunctionStatementSyntax) is { } function
            && site.Model.GetDeclaredSymbol(function) is IMethodSymbol symbol)
        {
            yield return new(ReturnTask, cancel => new FollowingCallers(site, symbol).ChangeAsync(function, cancel)) { ChangesSignature = true };
            foreach (var offer in new GuardedBody(site, function, TaskNames.Around(function)).Offers())
            {
                yield return offer;
            }
        }
    }
}
