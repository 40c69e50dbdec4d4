using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1004: the awaiting form of whatever took the async code; where there is none, its body is guarded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidDelegateFix() : RuleFix(AsyncVoidDelegateAnalyzer.Id)
{
    internal const string Loop = "Await in a foreach loop";
    internal const string Parallel = "Await a parallel loop";
    internal const string Run = "Run it supervised";
    internal const string Every = "Run it supervised, every period";
    internal const string Await = "Await Task.Run";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        var lambda = site.Node.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>(each => each.AsyncKeyword.Span.Contains(site.Node.Span) || each == site.Node);
        if (lambda is null)
        {
            return DeclarationOf(site) is { } method ? new GuardedBody(site, method, TaskNames.Around(method)).Offers() : [];
        }

        return OffersFor(site, lambda).Concat(new GuardedBody(site, lambda, TaskNames.Around(lambda)).Offers());
    }

    private static IEnumerable<Offer> OffersFor(FixSite site, AnonymousFunctionExpressionSyntax lambda) =>
        site.Model.GetOperation(lambda) is { } function && DelegateTaker.Of(function, site.Facts.Types) is { Place: { } place } taker
            ? taker.Kind switch
            {
                TakerKind.ForEach => One(Loop, site, new AwaitedLoops(site, lambda).ForEach((IInvocationOperation)place)),
                TakerKind.Parallel => One(Parallel, site, new AwaitedLoops(site, lambda).Parallel((IInvocationOperation)place)),
                TakerKind.Thread or TakerKind.WorkItem => [.. One(Run, site, new CallbackWork(site, lambda).Supervised(place)), .. One(Await, site, new CallbackWork(site, lambda).Awaited(place))],
                TakerKind.Registration => One(Run, site, new CallbackWork(site, lambda).Registered()),
                TakerKind.Timer => One(Every, site, new SupervisedTimer(site, lambda).Every(place)),
                _ => [],
            }
            : [];

    private static IEnumerable<Offer> One(string title, FixSite site, (SyntaxNode Old, SyntaxNode By)? change)
    {
        if (change is var (old, by))
        {
            yield return new(title, _ => site.ReplaceAsync(old, by));
        }
    }

    // Of a method group the method, where it stands in this document.
    private static SyntaxNode? DeclarationOf(FixSite site) =>
        site.Model.GetSymbolInfo(site.Node).Symbol is IMethodSymbol { OriginalDefinition: var method }
            ? (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences
                .Where(each => each.SyntaxTree == site.Root.SyntaxTree)
                .Select(each => each.GetSyntax())
                .FirstOrDefault(each => each is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            : null;
}
