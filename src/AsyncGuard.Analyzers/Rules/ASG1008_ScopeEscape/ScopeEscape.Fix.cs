using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG1008: gives the work a scope of its own from which it takes the service: the supervisor's, or one that it opens itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ScopeEscapeFix() : RuleFix(ScopeEscapeAnalyzer.Id)
{
    internal const string Title = "Run it supervised, with a scope of its own";
    internal const string TitlePlain = "Give it a scope of its own";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (DroppedExpression.Around(site.Node) is not var (whole, work)
            || !site.Facts.Awaitables.IsAwaitable(site.Model.GetTypeInfo(work).Type)
            || CallAt(site, work) is not { } call
            || site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is not { Lifetime: Lifetime.Scope, Use: { Type: { } type } use }
            || EscapingService.Of(site, work, call, use, type) is not { } service)
        {
            yield break;
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Title, cancel => AllAsync(site, work, call, service, services => SupervisedAsync(site, whole, new SupervisedRun(site.Model, supervisor, work).Write(cancel), services), cancel)) { ChangesSignature = true };
        }
        else
        {
            yield return new(TitlePlain, cancel => AllAsync(site, work, call, service, services => OwnScopeAsync(site, whole, new ScopedWork(site, whole, work, services), services.Mark, cancel), cancel)) { ChangesSignature = true };
        }
    }

    /// <summary>Whether this work takes a scoped service along, so that no plain run may be made of it.</summary>
    internal static bool Escapes(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is not { } dropped)
        {
            return false;
        }

        if (site.Facts.ScopeEscapes.WouldEscape(dropped, CancellationToken.None))
        {
            return true;
        }

        foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
        {
            if (origin is IInvocationOperation call && site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? CallAt(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is { } dropped)
        {
            foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
            {
                if (origin is IInvocationOperation call && call.Syntax.Span.Contains(site.Node.Span))
                {
                    return call;
                }
            }
        }

        return null;
    }

    // Work may take several of them along: it gets one after the other, until it has none of the request's any more.
    private static async Task<Document?> AllAsync(FixSite site, ExpressionSyntax work, IInvocationOperation call, EscapingService first, Func<OwnServices, Task<Document?>> write, CancellationToken cancel)
    {
        for (var services = new OwnServices(site, work, [first]); services.AreDistinct;)
        {
            if (await write(services).ConfigureAwait(false) is not { } document || await EscapeInAsync(document, services.Mark, cancel).ConfigureAwait(false) is not var (there, use))
            {
                return null;
            }

            if (use is null)
            {
                return await services.WithoutUnreadAsync(document, cancel).ConfigureAwait(false);
            }

            if (EscapingService.Another(site, work, call, use, isInside: there.Span.Contains(use.Syntax.Span)) is not { } next)
            {
                return null;
            }

            services = new(site, work, [.. services.All, next]);
        }

        return null;
    }

    private static Task<Document?> SupervisedAsync(FixSite site, ExpressionSyntax whole, ExpressionSyntax? run, OwnServices services)
    {
        if (run is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var supervisor }, ArgumentList.Arguments: [var name, { Expression: SimpleLambdaExpressionSyntax lambda }] })
        {
            return Task.FromResult<Document?>(null);
        }

        var (type, variable, body) = services.InLambda(lambda);
        var scoped = ParenthesizedLambdaExpression(ParameterList(SeparatedList([Parameter(Identifier(variable)), lambda.Parameter])), body).WithAsyncKeyword(lambda.AsyncKeyword);
        var mended = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, GenericName(Identifier("Run"), TypeArgumentList([ParseTypeName(type)]))),
                ArgumentList(SeparatedList([name, Argument(scoped)])))
            .WithTriviaFrom(whole).WithAdditionalAnnotations(services.Mark);
        var root = site.Root.ReplaceNode(whole, mended);
        return Task.FromResult<Document?>(site.Document.WithSyntaxRoot(services.All.Count > 1 ? ScopeFactory.Imported(site, whole, root) : root));
    }

    private static async Task<Document?> OwnScopeAsync(FixSite site, ExpressionSyntax whole, ScopedWork work, SyntaxAnnotation mark, CancellationToken cancel) =>
        await ScopeFactory.AtAsync(site, whole, cancel).ConfigureAwait(false) is { } factory && work.With(factory.Name) is { } scoped
            ? site.Document.WithSyntaxRoot(factory.Into(site, whole, scoped.WithAdditionalAnnotations(mark)))
            : null;

    // The work as it stands there, and what it still takes along.
    private static async Task<(SyntaxNode There, IOperation? Use)?> EscapeInAsync(Document document, SyntaxAnnotation mark, CancellationToken cancel) =>
        await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root
        && await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is { } model
        && DroppedExpression.Around(root.GetAnnotatedNodes(mark).First()) is var (_, work)
        && model.GetOperation(work, cancel) is IInvocationOperation call
            ? (work, CompilationFacts.Of(model.Compilation).ScopeEscapes.Of(call, cancel)?.Use)
            : null;
}
