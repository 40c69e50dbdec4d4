using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1003: guards the handler's body, by the runtime or by a <c>catch</c> that logs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnguardedHandlerFix() : RuleFix(UnguardedHandlerAnalyzer.Id)
{
    private protected override IEnumerable<Offer> Offers(FixSite site) =>
        site.Node.AncestorsAndSelf().FirstOrDefault(each => each is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is { } function
            ? new GuardedBody(site, function, NameOf(site, function)).Offers()
            : [];

    // Of a lambda the event says more than the constructor that it stands in.
    private static string NameOf(FixSite site, SyntaxNode function) =>
        function is AnonymousFunctionExpressionSyntax && site.Model.GetOperation(function) is { } lambda && EventHandlers.AttachedTo(lambda) is { } target
            ? target.Name
            : TaskNames.Around(function);
}
